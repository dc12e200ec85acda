/** Tables that spreadsheets open: quoted where it is needed, and never run as a formula. */

/** At the beginning of a cell, and where spreadsheets of other countries cut a line. */
const FORMULA = /(^|[;|] {0,9})(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/g;
const SPECIAL = /[",\r\n]/;
/** It tells Excel that the letters are UTF-8. */
const MARK = "\ufeff";

function cell(text: string): string {
  const harmless = text.replace(FORMULA, "$1'");
  return SPECIAL.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function asCsv(rows: readonly (readonly string[])[]): string {
  return MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Let the browser keep a table as a file. */
export function saveCsv(filename: string, rows: readonly (readonly string[])[]): void {
  const address = URL.createObjectURL(new Blob([asCsv(rows)], { type: "text/csv" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: filename });
  link.click();
  // The browser has taken it once this turn is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

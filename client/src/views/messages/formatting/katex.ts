/** Formulas, typeset by KaTeX. Its fonts come from here too. */
import "katex/dist/katex.min.css";
import katex from "katex";

/** Draws a formula into an element, as nodes and never as HTML; answers whether it is one. */
export function typeset(tex: string, into: HTMLElement, isBlock: boolean): boolean {
  try {
    katex.render(tex, into, { displayMode: isBlock, throwOnError: true, trust: false, strict: "ignore", maxSize: 20, maxExpand: 200 });
    return true;
  } catch {
    into.replaceChildren();
    return false;
  }
}

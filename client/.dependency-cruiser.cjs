/** The rooms of the client and their one direction: protocol <- model <- sync <- stores <- views; ui and i18n know none. */
const rooms = ["protocol", "model", "sync", "stores", "views"];
const upward = rooms.slice(0, -1).map((room, level) => ({
  name: `${room}-knows-nothing-above`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${rooms.slice(level + 1).join("|")})/` },
}));
const areas = "admin|courses|entry|me|messages|start";

module.exports = {
  forbidden: [
    ...upward,
    {
      name: "ui-and-i18n-stand-alone",
      severity: "error",
      from: { path: "^src/(ui|i18n)/" },
      to: { path: `^src/(${rooms.join("|")})/` },
    },
    {
      name: "model-is-pure",
      severity: "error",
      from: { path: "^src/model/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/(model|protocol)/" },
    },
    {
      name: "areas-share-only-what-lies-beside-them",
      comment: "What two areas of the product need lies in views itself, or in a room of its own there.",
      severity: "error",
      from: { path: `^src/views/(${areas})/` },
      to: { path: `^src/views/(${areas})/`, pathNot: "^src/views/$1/" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" }, doNotFollow: { path: "node_modules" } },
};

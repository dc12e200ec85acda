/** Writes down, for the client to state, which version of the protocol the server's description is of. */
import { readFileSync, writeFileSync } from "node:fs";

const { info } = JSON.parse(readFileSync("openapi.json", "utf8")) as { info: { "x-protocol": number } };
const text = `/** The version of the protocol that this client speaks; made by \`npm run generate\` from the server's. */
export const PROTOCOL = ${info["x-protocol"]};
`;
writeFileSync("src/protocol/version.ts", text);

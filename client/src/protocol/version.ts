/** The version of the protocol that this client speaks; made by `npm run generate` from the server's. */
export const PROTOCOL = 2;

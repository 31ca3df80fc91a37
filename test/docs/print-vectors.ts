import { vectors } from "#test/docs/protocol-vectors.ts";

process.stdout.write(`${JSON.stringify(vectors(), null, 2)}\n`);

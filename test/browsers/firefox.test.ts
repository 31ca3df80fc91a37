import { flowsIn } from "#test/browsers/flows.ts";

flowsIn("firefox");

/** What of `state-opening` its construct, tests and costs need to know. */

/** It looks at each minute that this divides, 0 among them, since voting mostly opens on the hour. More often would not cost nothing. */
export const LOOK_EVERY_MINUTES = 2;

// What its role may write to the elections table, as the conditions of its rights:

/** What stating an opening touches of an election's item (storage/election-register.ts): neither its key nor its roll. */
export const TOUCHED_ATTRIBUTES = [
  "electionId",
  "definition",
  "opening",
  "openingChanges",
  "stateChanges",
  "rollImports",
  "importsBegun",
] as const;

/** The items put: texts beside an election (storage/definition-parts.ts), never an election itself. */
export const PUT_KEYS = "*#*";

/** What the office's console asks for and is done behind a queue, since it takes longer than a request may. */
export const JOB_KINDS = [
  "open-statement",
  "recount",
  "certify",
  "publish",
  "shred",
  "delete",
  "forget-counts",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `failed` also when what does it was killed: it is never begun again by itself. */
export const JOB_STATES = ["queued", "running", "done", "failed"] as const;

/** A job's id ends in its election's, and the ids of one election's sort by time. */
export const JOB_ID_FORM = /^[0-9a-z]{9}[0-9a-f]{8}_[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

const ID_START = 18;

/** The election that a job is for. */
export const electionOfJob = (jobId: string): string => jobId.slice(ID_START);

/** @param random eight hexadecimal digits */
export const jobIdOf = (electionId: string, atMs: number, random: string): string =>
  `${Math.max(0, Math.floor(atMs)).toString(36).padStart(9, "0")}${random}_${electionId}`;

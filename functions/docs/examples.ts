/** An answer of each operation, as `openapi.json` and the page show it; a test reads each by its schema. */

const text = (fr: string, en: string) => ({ fr, en });

const LAW_TITLE = text("Loi sur l’heure permanente", "Permanent Time Act");
const RACE_TITLE = text("Élection des députés régionaux", "Election of Regional Members");
const HORIZON = { party: text("Horizon commun", "Common Horizon"), colour: "#0b4f9e" };
const OPENS_AT = "2027-05-03T09:00:00-04:00";
const CLOSES_AT = "2027-05-03T20:00:00-04:00";
const AT = "2027-05-03T18:41:10.442Z";
const REQUEST_ID =
  "CUwyMDI1LTAwMXbKsJ1jKL7l4Gni95hx2gGOQzUKxGOnWlehR4pAuJOnYcXyeUwYwpa58WxuCrPLJJ2EwNZDnjjjQNjo4JZOEa-V6ITgyawWeZ4";
const TRACKING_CODE = "6527PRKLAIOZ77IZZDMN";
const PUBLIC_KEY = "udWW-xMeYV1NDF1nW7V4UOI8QFVpDoi0zwbxKHVfQko";
const OPENING_SHA256 = "ad6883e92677a163954cbc7e50fdd7b5e28f802b81d4d10283168b798ced2db3";

const CREDENTIAL_FIELDS = [
  {
    name: "nas",
    label: text("Numéro d’assurance sociale (NAS)", "Social insurance number (SIN)"),
    hint: text("9 chiffres", "9 digits"),
    pattern: "[0-9]{9}",
    inputMode: "numeric",
  },
  {
    name: "code",
    label: text("Code de vote", "Voting code"),
    hint: text("6 lettres ou chiffres, sur votre carte d’électeur", "6 letters or digits, on your voter card"),
    pattern: "[A-Z0-9]{6}",
    inputMode: "text",
  },
];

const LAW_DEFINITION = {
  electionId: "L2025-001",
  title: LAW_TITLE,
  opensAt: OPENS_AT,
  closesAt: CLOSES_AT,
  timeZone: "America/Toronto",
  results: "live",
  minimumBallots: 10,
  allowBlank: true,
  verification: "public",
  regions: [],
  credentialFields: CREDENTIAL_FIELDS,
  votingMethod: "referendum",
  question: text(
    "Acceptez-vous que la Loi sur l’heure permanente entre en vigueur ?",
    "Do you agree that the Permanent Time Act should come into force?",
  ),
  requiredMajority: { kind: "more-than", share: 0.5 },
};

const RECEIPT = {
  request_id: REQUEST_ID,
  tracking_code: TRACKING_CODE,
  status: "queued",
  message: "Your ballot is in the queue. You can close this page; it will be counted.",
};

const ELECTION = {
  election_id: "L2025-001",
  voting_method: "referendum",
  paper: null,
  title: LAW_TITLE,
  status: "open",
  opens_at: OPENS_AT,
  closes_at: CLOSES_AT,
  definition: LAW_DEFINITION,
  biographies_by_region: false,
  public_key: PUBLIC_KEY,
  opening_sha256: OPENING_SHA256,
  envelope_bytes: 53,
  identity: null,
  credential_fields: CREDENTIAL_FIELDS,
};

const TURNOUT = { ballots: 612, on_roll: 1001, percentage: 61.1 };

const LAW_RESULTS = {
  law_id: "L2025-001",
  oui: 347,
  non: 251,
  percentages: { oui: 58.03, non: 41.97 },
  title: LAW_TITLE,
  status: "closed",
  withheld: null,
  total: 598,
  blank: 14,
  spoiled: 0,
  turnout: TURNOUT,
  updated_at: AT,
  outcome: { kind: "adopted", quorum: null, required_majority: { kind: "more-than", percentage: 50 } },
};

const REGION_RESULTS = {
  election_id: "1",
  region_id: "1",
  voting_method: "single_choice",
  candidates: [
    { candidate_id: "1", name: "Solène Desrochers-Vance", ...HORIZON, votes: 118, percentage: 57.84 },
    { candidate_id: "2", name: "Mathurin Quellec", party: null, colour: null, votes: 86, percentage: 42.16 },
  ],
  regions_withheld: [],
  title: RACE_TITLE,
  status: "closed",
  withheld: null,
  total: 204,
  blank: 3,
  spoiled: 0,
  turnout: { ballots: 207, on_roll: 335, percentage: 61.8 },
  updated_at: AT,
};

const OVER_MINUTES = Array.from({ length: 60 }, (_, minute) => (minute < 57 ? 0 : minute - 56));
const NO_MINUTES = OVER_MINUTES.map(() => 0);
const VOTES = {
  received: 7,
  accepted: 6,
  duplicate: 1,
  invalid: { unknown_credentials: 0, wrong_region: 0, struck: 0 },
  counted: 6,
  spoiled: 0,
};

export const EXAMPLES = {
  castLawVote: RECEIPT,
  castElectionVote: RECEIPT,
  getVoteStatus: {
    status: "accepted",
    tracking_code: TRACKING_CODE,
    received_at: "2027-05-03T18:41:00.000Z",
    message: "Your ballot is in the box.",
  },
  lookUpBallot: { tracking_code: TRACKING_CODE, status: "in_the_box", election_id: "L2025-001", updated_at: AT },
  getTurnout: {
    election_id: "1",
    on_roll: 1001,
    points: [
      { until: "2027-05-03T13:15:00.000Z", ballots: 41, percentage: 4.1 },
      { until: "2027-05-03T13:30:00.000Z", ballots: 97, percentage: 9.7 },
    ],
    updated_at: AT,
  },
  listLawResults: [LAW_RESULTS],
  getLawResults: LAW_RESULTS,
  getElectionResults: {
    ...REGION_RESULTS,
    region_id: null,
    seats: [
      {
        region_id: "1",
        kind: "elected",
        candidate_ids: ["1"],
        tie_over: null,
        elected: ["1"],
        open_seats: 0,
        votes: 118,
        margin: 32,
        whole: 204,
        ballots: 207,
        on_roll: 335,
      },
    ],
    seats_by_party: [{ ...HORIZON, seats: 1 }],
  },
  getRegionResults: REGION_RESULTS,
  listElections: [ELECTION],
  getElection: ELECTION,
  getPaper: [
    {
      ...ELECTION,
      paper: "2027-municipal",
      definition: { ...LAW_DEFINITION, paper: "2027-municipal" },
    },
  ],
  getOpening: {
    signature: {
      algorithm: "Ed25519",
      publicKey: "NnLVmSNDh2uAH0H5PFOGOPHfvw67NjVQ38zu7IlLb0U",
      signature: "bS8ZWiZg3WuN7ZSW416vBADAt1WaxVwy0ZC2YEDP2RZLqLE1VmTJSOSj0YS9UXcr_1meW4dATT7_csZlmYnzAA",
    },
    statement: {
      definition: LAW_DEFINITION,
      format: "scrutin-opening-2",
      onRoll: { all: 1001 },
      publicKey: PUBLIC_KEY,
      rollRoot: "5f0c1d1b5b8fd1a3b5a2d2b6c5e3d9f7a1c4e8b2d6f0a3c7e1b5d9f3a7c1e5b9",
      signingKey: "K3VJ Q7TD 2MWX H5RA 6PFC Z4NB YGLE SO2U",
      statedAt: "2027-05-02T14:00:00.000Z",
    },
  },
  listRegions: [
    { region_id: "1", name: text("Vallée du Saint-Laurent", "St. Lawrence Valley"), election_ids: ["1", "2"] },
  ],
  listCandidates: [
    {
      candidate_id: "1",
      first_name: "Solène",
      last_name: "Desrochers-Vance",
      ...HORIZON,
      bio: text("Ingénieure en transport collectif.", "Transit engineer."),
      photo: null,
      withdrawn_at: null,
    },
  ],
  getStatus: {
    status: "ok",
    updated_at: AT,
    votes: VOTES,
    per_minute: {
      from: "2027-05-03T17:42:00.000Z",
      received: OVER_MINUTES,
      accepted: OVER_MINUTES,
      duplicate: NO_MINUTES,
      invalid: NO_MINUTES,
      counted: OVER_MINUTES,
      spoiled: NO_MINUTES,
    },
    queue: { waiting: 0, oldest_waiting_ms: 0, set_aside: 0 },
    counting: { delay_ms: 888 },
    parts: [
      { part: "table votes", state: "ok", latency_ms: 6 },
      { part: "queue votes", state: "ok", latency_ms: 9 },
    ],
    elections: [
      {
        election_id: "L2025-001",
        title: LAW_TITLE,
        status: "open",
        opens_at: OPENS_AT,
        closes_at: CLOSES_AT,
        time_zone: "America/Toronto",
        withheld: null,
        rounded_to: 1,
        turnout: { ballots: 6, on_roll: 1001, percentage: 0.6 },
        votes: VOTES,
      },
    ],
    unknown: {},
  },
  getHealth: {
    status: "ok",
    checks: { "table votes": { status: "ok", latency_ms: 6 }, "queue votes": { status: "ok", latency_ms: 9 } },
    checked_at: AT,
  },
} as const satisfies Readonly<Record<string, unknown>>;
export type OperationId = keyof typeof EXAMPLES;

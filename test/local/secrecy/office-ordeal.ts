import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { generateRoll } from "#admin/roll/generation.ts";
import { fileSource } from "#admin/spreadsheet/sheet.ts";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { tokensOf } from "#load/shared/provider-tokens.ts";
import { DEMO_PASSWORD } from "#local/identity/accounts.ts";
import { ISSUER_PLACEHOLDER, VOTERS_CLIENT, VOTERS_PATH } from "#local/identity/contract.ts";
import { type System, startSystem } from "#local/system.ts";
import { law } from "#test/definitions.ts";
import { credentialNeedles, type Needle, secretNeedles } from "#test/local/secrecy/needles.ts";
import { callsTo, filesAsBytes, itemsOf, type Kept, linesIn, streamRecordsOf } from "#test/local/secrecy/places.ts";
import { type Recorder, startRecorder } from "#test/local/secrecy/recorder.ts";
import { readSheetFile } from "#web/office/roll/sheet-reading.ts";

/** A roll goes up by the console, people on it are dealt with one by one, and voters vote with tokens; then everything kept is collected. */

export type OfficeOrdeal = Readonly<{
  needles: readonly Needle[];
  /** Rows of the file, and voters who voted with a token. */
  enrolled: number;
  voted: number;
  kept: readonly Kept[];
}>;

const TYPED = law({ electionId: "typed", opensAt: "2090-01-01T00:00:00Z" });
const identity = {
  kind: "oidc",
  issuer: `${ISSUER_PLACEHOLDER}${VOTERS_PATH}`,
  clientId: VOTERS_CLIENT,
  claim: "voter_number",
};
const SIGNED = law({ electionId: "signed", identity, credentialFields: undefined });

const ROWS = 600;
const VOTERS = Array.from({ length: 12 }, (_, index) => `VN-7QK3M9X2-${String(index).padStart(3, "0")}`);
const DECIDED_WITHIN_MS = 60_000;
const OF_TABLES = /Item|Query|Scan|Statement/;

async function writeElections(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const definition of [TYPED, SIGNED]) {
    await writeFile(join(into, `${definition.electionId}.json`), JSON.stringify(definition));
  }
  const rows = VOTERS.map((number) => `${number},all`);
  await writeFile(join(into, `${SIGNED.electionId}-voters.csv`), ["voter_number,region_id", ...rows, ""].join("\n"));
}

type Send = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<Readonly<{ status: number; json: Record<string, unknown> }>>;

const sendingTo =
  ({ url }: System, token: string): Send =>
  async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === "" ? {} : JSON.parse(text) };
  };

/** As the page sends a file, with a block that is refused and rows that cannot be taken on the way. */
async function uploadRoll(send: Send, path: string): Promise<void> {
  const room = `/office/elections/${TYPED.electionId}/roll`;
  const read = await readSheetFile(await fileSource(path), TYPED, {});
  if (!("summary" in read)) throw new Error("the columns are known");
  const { bytes, sha256, rows, width, positions } = read.summary;
  const begun = await send("POST", `${room}/imports`, {
    ...{ name: "voters.csv", bytes, sha256, rows, width, blocks: read.summary.blocks, positions: [...positions] },
  });
  const at = `${room}/imports/${begun.json.import_id}`;
  let block = 0;
  for await (const sent of read.blocks()) {
    // A row that is no list of cells, with somebody's cells beside it.
    await send("PUT", `${at}/blocks/${block}`, { rows: sent, [String(sent[0]?.[1])]: true });
    const { status } = await send("PUT", `${at}/blocks/${block++}`, { rows: sent });
    if (status !== 200) throw new Error(`block ${block} is answered ${status}`);
  }
  await send("PUT", `${at}/check`, { skip_bad: true });
  for (let isDone = false; !isDone; ) {
    const { status, json } = await send("POST", `${at}/enter`, { skip_bad: true, reason: "the list of May" });
    if (status !== 200) throw new Error(`the roll is not entered: ${status}`);
    isDone = json.is_done === true;
  }
}

type Person = Readonly<{ nas: string; code: string }>;

/** Adds somebody, gives them another code, takes them off; and tries what is refused. @returns codes that were shown */
async function dealWith(send: Send, { nas, code }: Person, added: Person): Promise<readonly string[]> {
  const room = `/office/elections/${TYPED.electionId}/roll`;
  const about = { credentials: { nas }, reason: "asked at the counter" };
  const newcomer = { credentials: { nas: added.nas }, reason: "moved here" };
  const answers = [
    await send("POST", `${room}/add`, newcomer),
    await send("POST", `${room}/add`, about),
    await send("POST", `${room}/reissue`, about),
    await send("POST", `${room}/reissue`, { ...about, credentials: { nas, code } }),
    await send("POST", `${room}/move`, { ...about, region_id: "nowhere" }),
    await send("POST", `${room}/voted-elsewhere`, newcomer),
    await send("POST", `${room}/remove`, about),
    await send("POST", `${room}/remove`, { nas, code }),
  ];
  if (answers.every(({ status }) => status !== 200)) throw new Error("nothing was done to anybody");
  return answers.flatMap(({ json }) => (typeof json.code === "string" ? [json.code] : []));
}

async function voteWith(url: string, token: string, vote: string): Promise<VoteReceipt> {
  const response = await fetch(`${url}/api/v1/vote`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ law_id: SIGNED.electionId, vote }),
  });
  if (response.status !== 202) throw new Error(`a ballot is answered ${response.status}`);
  return VoteReceipt.parse(await response.json());
}

async function decided(url: string, { request_id: id }: VoteReceipt): Promise<void> {
  const untilMs = Date.now() + DECIDED_WITHIN_MS;
  while (Date.now() < untilMs) {
    const { status } = await (await fetch(`${url}/api/v1/votes/${id}`)).json();
    if (status !== "queued") return;
    await pause(200);
  }
  throw new Error("a ballot was not decided");
}

/** A token as it is, and its parts but the first, which tells only how it is signed. */
const tokenNeedles = (name: string, token: string): readonly Needle[] =>
  [token, ...token.split(".").slice(1)].map((text) => ({ name, bytes: Buffer.from(text) }));

/** @param folder for the system's data, logs and elections; may be removed afterwards */
export async function undergoOffice(folder: string): Promise<OfficeOrdeal> {
  const [dataFolder = "", logFolder = "", electionsFolder = ""] = ["data", "logs", "elections"].map((name) =>
    join(folder, name),
  );
  await writeElections(electionsFolder);
  const file = join(folder, "voters.csv");
  await generateRoll({ voters: ROWS + 1, regions: 1, out: file, shortCodes: true });
  const [header = "", ...rows] = (await readFile(file, "utf8")).trimEnd().split("\n");
  const people = rows.map((row): Person => {
    const [nas = "", code = ""] = row.split(",");
    return { nas, code };
  });
  const [added = { nas: "", code: "" }, somebody = added] = people;
  const asLaw = rows.slice(1).map((row) => row.replace(/,[^,]*$/, ",all"));
  // One that cannot be taken: its number is too long, and is somebody's.
  await writeFile(file, `${[header, ...asLaw, `${somebody.nas}0,${somebody.code},all`].join("\n")}\n`);

  const recorders = new Map<string, Recorder>();
  let isFailing = false;
  const system = await startSystem({
    port: 0,
    believesAddresses: true,
    dataFolder,
    logFolder,
    electionsFolder,
    throughEndpoints: async (endpoints) => {
      const dynamodb = await startRecorder(endpoints.dynamodb, (action) => isFailing && OF_TABLES.test(action));
      const sqs = await startRecorder(endpoints.sqs);
      recorders.set("dynamodb", dynamodb).set("sqs", sqs);
      return { ...endpoints, dynamodb: dynamodb.endpoint, sqs: sqs.endpoint };
    },
  });
  const needles: Needle[] = people.flatMap((person, index) => [...credentialNeedles(`person ${index}`, person)]);
  let running: readonly Kept[];
  try {
    const { url, issuers } = system;
    const officer = await tokensOf({
      issuer: issuers.office,
      name: "officer",
      redirectUri: `${url}/en/office/signed-in`,
    });
    for (const [kind, token] of Object.entries(officer)) {
      if (typeof token === "string") needles.push(...tokenNeedles(`an officer's ${kind}`, token));
    }
    needles.push(...secretNeedles("an officer's password", DEMO_PASSWORD));
    const send = sendingTo(system, officer.access_token);
    await uploadRoll(send, file);
    for (const code of await dealWith(send, somebody, added)) {
      needles.push(
        ...secretNeedles("a code shown once", code),
        ...secretNeedles("a code shown once", code.replaceAll("-", "")),
      );
    }
    // What a function was given when a table failed is what it may log.
    isFailing = true;
    await uploadRoll(send, file).catch(() => undefined);
    await dealWith(send, added, somebody).catch(() => undefined);
    isFailing = false;

    // An ID token in the wrong place, and a token in the address.
    await sendingTo(system, officer.id_token)("GET", "/office/me");
    await send("GET", `/office/me?access_token=${officer.access_token}`);

    for (const [index, name] of VOTERS.entries()) {
      const { id_token: token, access_token } = await tokensOf({
        ...{ issuer: issuers.voters, name, clientId: VOTERS_CLIENT, scope: "openid" },
        redirectUri: `${url}/en/vote/signed-in`,
      });
      needles.push(...tokenNeedles(`an ID token of voter ${index}`, token));
      needles.push(...tokenNeedles(`an access token of voter ${index}`, access_token));
      needles.push(...secretNeedles(`the claim of voter ${index}`, name));
      await decided(url, await voteWith(url, token, index % 2 === 0 ? "oui" : "non"));
      // Twice; and as no office.
      await decided(url, await voteWith(url, token, "oui"));
      await sendingTo(system, token)("GET", "/office/me");
    }
    running = [...(await itemsOf(system)), ...(await streamRecordsOf(system))];
  } finally {
    await system.stop();
    for (const recorder of recorders.values()) await recorder.stop();
  }
  return {
    needles,
    enrolled: ROWS,
    voted: VOTERS.length,
    kept: [
      ...running,
      ...(await linesIn(logFolder)),
      ...(await filesAsBytes(dataFolder, logFolder)),
      ...[...recorders].flatMap(([service, { calls }]) => callsTo(service, calls)),
    ],
  };
}

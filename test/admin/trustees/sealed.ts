import { createHash, createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBundle } from "#admin/trustees/bundle/seal.ts";
import { closeCeremony } from "#admin/trustees/close.ts";
import { joinCeremony } from "#admin/trustees/join.ts";
import { makeKeyFile, type OpenKey, openKeyFile } from "#admin/trustees/key-file.ts";
import { openCeremony } from "#admin/trustees/open-ceremony.ts";
import { rehearse } from "#admin/trustees/rehearse.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson, canonicalText } from "#core/canonical-json.ts";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import { type Opening, type OpeningStatement, rollLine } from "#core/opening.ts";
import type { Selection } from "#core/selection.ts";
import { makeBallot } from "#core/trustees/ballot.ts";
import { lineContext } from "#core/trustees/bundle/contexts.ts";
import { ballotTrackingCode, type CardKey, signBallot } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { type Ceremony, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { encodeSelection } from "#core/trustees/plaintext.ts";
import type { RollStatement } from "#core/trustees/roll/shape.ts";
import { transcript } from "#core/trustees/transcript.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { fingerprintOf, signStatement } from "#storage/signing-key.ts";
import { stampOf } from "#storage/stamp.ts";
import { readStatedOpening } from "#storage/stated-opening.ts";
import type { StoredBallot } from "#storage/stored-ballots.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";
import { PASSPHRASE } from "#test/admin/trustees/meeting.ts";
import { BY_TRUSTEES, race } from "#test/definitions.ts";

/** An election of which trustees hold the key, from their meeting to the sealed box, with no system but files. */

const QUICK = { N: 2 ** 4 };
const NAMES = ["Court of audit", "Cour d’appel", "Party A", "Parti B", "University"];
/** After its closing. */
export const CLOSED = { opensAt: "2026-01-01T00:00:00Z", closesAt: "2026-02-01T00:00:00Z" };

export type Voter = Readonly<{ regionId: string; key: CardKey }>;
export type Election = Readonly<{
  definition: ElectionDefinition;
  ceremony: Ceremony;
  stampKey: KeyObject;
  voters: readonly Voter[];
}>;

/** Everything before the box. */
export type Meeting = Election &
  Readonly<{
    place: string;
    path(name: string): string;
    opening: Opening;
    keyFile(number: number): string;
    key(number: number): Promise<OpenKey>;
    /** Seals these ballots. Gives the bundle's folder. */
    seal(ballots: readonly StoredBallot[], name?: string): Promise<string>;
    copyOf(folder: string, name: string): Promise<string>;
    end(): Promise<void>;
  }>;

export type Asked = Readonly<{
  trustees: number;
  threshold: number;
  mixes: number;
  /** How many voters each region has. */
  voters: Readonly<Record<string, number>>;
  definition?: ElectionDefinition;
  /** Numbers of the trustees who sign the roll; all by default. */
  signRoll?: readonly number[];
  /** The election's, where a system has them. */
  keys?: Readonly<{ stamp: KeyObject; signing: KeyObject }>;
}>;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

export const newVoter = (regionId: string): Voter => {
  const seed = new Uint8Array(randomBytes(32));
  return { regionId, key: { seed, voterKey: toBase64Url(nodeCards.publicKey(seed)) } };
};

function rootOf(voters: readonly Voter[]): string {
  const tree = merkleTree(sha256);
  const lines = voters.map(({ regionId, key }) => rollLine({ hash: key.voterKey, regionId })).sort();
  for (const line of lines) tree.add(Buffer.from(line));
  return Buffer.from(tree.root()).toString("hex");
}

type Unstamped = Omit<StoredBallot, "stamp">;

/** A ballot as it is stored, by somebody who may change any of it. */
export function castBallot(
  { ceremony, definition, stampKey }: Election,
  { regionId, key }: Voter,
  selection: Selection,
  change: (stored: Unstamped) => Partial<StoredBallot> = () => ({}),
): StoredBallot {
  const context = lineContext(ceremony, { regionId, voterKey: key.voterKey });
  const M = encodeSelection(definition, regionId, selection);
  const body = new Uint8Array(makeBallot(context, M, new Uint8Array(randomBytes(32))));
  const stored: Unstamped = {
    ...{ hash: key.voterKey, electionId: ceremony.electionId, regionId, oneTimeKey: bytesIn(key.voterKey) },
    ...{ envelope: body, trackingCode: ballotTrackingCode(key.voterKey, body) },
    ...{ castAt: "2026-01-15T12:00:00.000Z", signature: signBallot(nodeCards, key, context, body) },
  };
  const changed = { ...stored, ...change(stored) };
  return { ...changed, stamp: changed.stamp ?? stampOf(stampKey, changed) };
}

/** A voter's choice of the first or the last who stands. */
export function choice(definition: ElectionDefinition, regionId: string, at: number): Selection {
  if (definition.votingMethod === "referendum") return { kind: "choice", choice: at % 2 === 0 ? "oui" : "non" };
  const standing = candidatesIn(definition, regionId);
  return { kind: "candidate", candidateId: standing[at % standing.length]?.candidateId ?? "" };
}

export const castAll = (election: Election): readonly StoredBallot[] =>
  election.voters.map((voter, at) => castBallot(election, voter, choice(election.definition, voter.regionId, at)));

async function makeKeys(path: (name: string) => string, count: number): Promise<void> {
  for (const [at, name] of NAMES.slice(0, count).entries()) {
    const key = await makeKeyFile(name, PASSPHRASE, QUICK);
    await writeFile(path(`${at + 1}.key`), canonicalText(key));
    await writeFile(path(`${at + 1}.pub`), canonicalText(key.public));
  }
  await writeFile(path("passphrase"), `${PASSPHRASE}\n`);
}

export async function prepare(asked: Asked): Promise<Meeting> {
  const { trustees, threshold, mixes, signRoll } = asked;
  const definition = asked.definition ?? race({ ...BY_TRUSTEES, ...CLOSED });
  const place = await mkdtemp(join(tmpdir(), "scrutin-sealed-"));
  const path = (name: string): string => join(place, name);
  const keyFile = (number: number): string => path(`${number}.key`);
  const numbers = Array.from({ length: trustees }, (_, at) => at + 1);
  await makeKeys(path, trustees);
  await writeFile(path("definition.json"), JSON.stringify(definition));
  const folder = path("ceremony");
  await openCeremony(definition.electionId, {
    ...{ definition: path("definition.json"), threshold, mixes, folder },
    trustees: numbers.map((number) => path(`${number}.pub`)),
  });
  const keys = await Promise.all(numbers.map((number) => openKeyFile(keyFile(number), PASSPHRASE)));
  for (const key of [...keys, ...keys, ...keys, ...keys]) await joinCeremony(folder, key);
  const ceremony = await closeCeremony(folder);
  for (const key of keys.slice(0, threshold)) await rehearse(folder, key);

  const voters = Object.entries(asked.voters).flatMap(([regionId, count]) =>
    Array.from({ length: count }, () => newVoter(regionId)),
  );
  const roll = voters.map(({ regionId, key }) => `${regionId},${key.voterKey}\n`).sort();
  await writeFile(path("roll.txt"), roll.join(""));
  const onRoll = Object.fromEntries(
    contestRegionIds(definition).map((id) => [id, voters.filter(({ regionId }) => regionId === id).length]),
  );
  const rollRoot = rootOf(voters);
  const registrar = new Uint8Array(randomBytes(32));
  const statement: RollStatement = {
    ...{ format: "scrutin-roll-1", electionId: definition.electionId },
    ceremony: toBase64Url(ceremonyDigest(recordIn(ceremony))),
    registrar: { name: "Registrar", signingKey: toBase64Url(nodeTrustees.signingKey(registrar)) },
    ...{ onRoll, rollRoot },
  };
  const signed = (secret: Uint8Array): string =>
    toBase64Url(nodeTrustees.sign(secret, transcript("scrutin/v2/roll", canonicalJson(statement))));
  await writeFile(join(folder, "roll.json"), canonicalText({ statement, signature: signed(registrar) }));
  for (const number of signRoll ?? numbers) {
    const secret = keys[number - 1]?.secrets.signing ?? new Uint8Array();
    const file = { format: "scrutin-roll-trustee-1", trustee: number, signature: signed(secret) };
    await writeFile(join(folder, `roll-trustee-${number}.json`), canonicalText(file));
  }

  const signingKey = asked.keys?.signing ?? generateKeyPairSync("ed25519").privateKey;
  const opened: OpeningStatement = {
    ...{ format: "scrutin-opening-2", statedAt: "2025-12-31T00:00:00.000Z", definition },
    ...{ publicKey: ceremony.publicKey, signingKey: fingerprintOf(signStatement(signingKey, {})), onRoll, rollRoot },
  };
  const opening: Opening = { statement: opened, signature: signStatement(signingKey, opened) };
  const stampKey = asked.keys?.stamp ?? createSecretKey(randomBytes(32));
  return {
    ...{ place, path, keyFile, definition, ceremony, opening, stampKey, voters },
    key: (number) => openKeyFile(keyFile(number), PASSPHRASE),
    async seal(ballots, name = "bundle") {
      await makeBundle({
        ...{ ceremony: folder, roll: path("roll.txt"), opening: readStatedOpening(canonicalText(opening), undefined) },
        ...{ stampKey, signingKey, out: path(name), threads: 1 },
        read: (onPage) => onPage(ballots),
      });
      return path(name);
    },
    async copyOf(from, name) {
      await cp(from, path(name), { recursive: true });
      return path(name);
    },
    end: () => rm(place, { recursive: true }),
  };
}

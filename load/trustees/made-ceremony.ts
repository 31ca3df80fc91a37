import { join } from "node:path";
import { makeFolder, writeCeremony, writeMessage } from "#admin/trustees/folder.ts";
import { writeNewFile } from "#admin/trustees/new-file.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { type FoundMessage, inPlaces } from "#core/trustees/ceremony/checks.ts";
import { Proposal } from "#core/trustees/ceremony/proposal.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { openTrialBox, rehearsalFile } from "#core/trustees/ceremony/rehearsal.ts";
import { ceremonyOf, nextIn, receivedShare, type Self } from "#core/trustees/ceremony/rounds.ts";
import { publicTrustee, type TrusteeSecrets } from "#core/trustees/ceremony/trustee.ts";
import { decodeScalar, type Scalar } from "#core/trustees/group.ts";
import { seededTrustees } from "#load/trustees/seeded-sealing.ts";
import { drawnFrom, seedOf } from "#load/trustees/seeds.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Three trustees who hold a ceremony, as their commands do, of secrets that everybody knows. */

export const TRUSTEES = ["Court of audit", "Parti québécois", "University"] as const;
export const THRESHOLD = 2;
export const MIXES = 2;

export type MadeTrustee = Readonly<{ number: number; name: string; secrets: TrusteeSecrets; share: Scalar }>;
export type MadeCeremony = Readonly<{ ceremony: Ceremony; trustees: readonly MadeTrustee[] }>;

const secretsOf = (seed: string, name: string): TrusteeSecrets => ({
  signing: seedOf(`${seed} ${name} signing`),
  sealing: seedOf(`${seed} ${name} sealing`),
  dealing: seedOf(`${seed} ${name} dealing`),
});

function proposalOf(seed: string, definition: ElectionDefinition): Proposal {
  return Proposal.parse({
    ...{ format: "scrutin-ceremony-proposal-1", electionId: definition.electionId },
    ...{ threshold: THRESHOLD, mixes: MIXES },
    ballotDigest: toBase64Url(ballotDigest(definition)),
    nonce: toBase64Url(seedOf(`${seed} nonce`)),
    trustees: TRUSTEES.map((name) => publicTrustee(nodeTrustees, name, secretsOf(seed, name))),
  });
}

/** Holds the ceremony; writes its folder where one is named. */
export async function holdCeremony(
  seed: string,
  definition: ElectionDefinition,
  folder?: string,
): Promise<MadeCeremony> {
  const proposal = proposalOf(seed, definition);
  const engine = seededTrustees(drawnFrom(`${seed} sealing`));
  const selves = TRUSTEES.map(
    (name, place): Self => ({
      ...{ engine, number: place + 1 },
      secrets: secretsOf(seed, name),
    }),
  );
  const found: FoundMessage[] = [];
  for (let round = 0; round <= 3; round++) {
    const messages = inPlaces(proposal, found);
    for (const self of selves) {
      const next = await nextIn(self, proposal, messages);
      if (next.kind !== "message") throw new Error(`a trustee ${next.kind} in round ${round}`);
      found.push({ round: next.message.round, trustee: self.number, message: next.message });
    }
  }
  const messages = inPlaces(proposal, found);
  const ceremony = ceremonyOf(proposal, messages);
  const trustees: MadeTrustee[] = [];
  for (const self of selves) {
    const received = await receivedShare(self, proposal, messages);
    const share = received.ok ? decodeScalar(received.key.share) : undefined;
    if (share === undefined) throw new Error("a share that was dealt is received");
    trustees.push({ number: self.number, name: TRUSTEES[self.number - 1] ?? "", secrets: self.secrets, share });
  }
  if (folder !== undefined) {
    await makeFolder(folder, proposal, askedDefinition(definition));
    for (const { message } of found) await writeMessage(folder, message);
    await writeCeremony(folder, ceremony);
    const opened = trustees.slice(0, THRESHOLD).map(({ number, secrets, share }) => {
      const sign = (bytes: Uint8Array): Uint8Array => nodeTrustees.sign(secrets.signing, bytes);
      return [number, openTrialBox(ceremony, number, share, sign, drawnFrom(`${seed} trial ${number}`))] as const;
    });
    await writeNewFile(join(folder, "rehearsal.json"), canonicalText(rehearsalFile(new Map(opened))));
  }
  return { ceremony, trustees };
}

export const publicKeyBytes = ({ publicKey }: Ceremony): Uint8Array => bytesIn(publicKey);

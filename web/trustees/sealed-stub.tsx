import { canonicalText } from "#core/canonical-json.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { saveFile } from "#web/save-file.ts";
import { type KeptBallot, keptBallot } from "#web/trustees/kept-ballot.ts";
import { useTrusteesWords } from "#web/trustees/words.ts";
import { pollsRefusal } from "#web/vote/cast-ballot.ts";
import { type Casting, codeOf, isAccepted, isUnsent } from "#web/vote/casting.ts";
import { NextVote } from "#web/vote/next-vote.tsx";
import { type Words, wordsFor } from "#web/vote/outcome-words.ts";
import { PollsNotice } from "#web/vote/polls-notice.tsx";
import { Receipt } from "#web/vote/receipt.tsx";
import { StepLine } from "#web/vote/step.tsx";
import { Outcome, type StubProps, WhatNext } from "#web/vote/stub.tsx";
import { Altered, StillQueued } from "#web/vote/stub-parts.tsx";

/** Mixed before they are opened, ballots are led back to no code: the receipt says so, as where nobody opens them. */
const ofMixed = (election: PublicElection): PublicElection => ({
  ...election,
  definition: { ...election.definition, verification: "auditors" },
});

/** The last screen, as every ballot has it: the card in place of two fields that are matched, and the signed answer. */
export function SealedStub({ election, casting, session, update }: StubProps) {
  const refusal = pollsRefusal(casting);
  const words = useWords(casting, election);
  if (refusal !== undefined) return <PollsNotice election={election} isUpcoming={refusal === "not-open-yet"} />;
  const { castAtMs, altered, isAlteredNoted } = session;
  const isWarned = altered !== undefined && !isAlteredNoted;
  const kept = keptBallot(election.election_id, Date.now());
  const code = codeOf(session) ?? (isUnsent(casting) ? kept?.trackingCode : undefined);
  return (
    <>
      <StepLine election={election} step="stub" />
      <Altered election={election} session={session} />
      <Outcome {...words} tone={isWarned && words.tone === "counted" ? "wait" : words.tone} />
      {code && (
        <Receipt election={ofMixed(election)} trackingCode={code} castAtMs={castAtMs} isReceived={!isUnsent(casting)} />
      )}
      {kept?.trackingCode === code && <ReceivedProof election={election} kept={kept} />}
      {code && casting.stage === "queued" && (
        <StillQueued election={election} casting={casting} castAtMs={castAtMs} isMain />
      )}
      {isAccepted(casting) && !isWarned && <NextVote after={[election]} />}
      <WhatNext election={election} casting={casting} update={update} />
    </>
  );
}

function useWords(casting: Casting, election: PublicElection): Words {
  const t = useMessages();
  const own = useTrusteesWords();
  const language = useLanguage();
  const contact = useContact(election.definition);
  const words = wordsFor(casting, election, { t, language, contact });
  if (casting.stage !== "settled") return words;
  if (words.tone === "counted") return { ...words, lines: [own.accepted] };
  if (casting.outcome.status !== "invalid") return words;
  if (casting.outcome.reason === "wrong-region") return { ...words, lines: [own.otherRegion] };
  return casting.outcome.since === undefined
    ? { ...words, lines: [own.notOnRoll, own.notOnRollAdvice(contact)] }
    : words;
}

/** The voting service's signature, as a file that `scrutin verify --receipt` reads. */
function ReceivedProof({ election, kept }: Readonly<{ election: PublicElection; kept: KeptBallot | undefined }>) {
  const { proof } = useTrusteesWords();
  if (kept?.accepted === undefined) return null;
  const { minute, signature, public_key: publicKey } = kept.accepted;
  const { election_id: electionId } = election;
  const receipt = {
    format: "scrutin-receipt-1",
    electionId,
    regionId: kept.regionId,
    trackingCode: kept.trackingCode,
    accepted: { minute, signature, publicKey },
  };
  const save = (): void => saveFile(`scrutin-${electionId}-receipt.json`, "application/json", canonicalText(receipt));
  return (
    <section class="six-words">
      <h2>{proof.title}</h2>
      <p class="quiet">{proof.what}</p>
      <p class="actions">
        <button type="button" class="button" onClick={save}>
          {proof.save}
        </button>
      </p>
    </section>
  );
}

import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Whereabouts } from "#web/check/lookup.ts";
import { useContact } from "#web/contact.ts";
import { useBilingual, useCheckMessages, useLanguage } from "#web/messages/catalogue.ts";
import { Told } from "#web/shell/told.tsx";
import { outcomeWords, type Words } from "#web/vote/outcome-words.ts";

export function WhereItIs({
  found,
  elections,
  linked,
}: Readonly<{ found: Whereabouts; elections: readonly PublicElection[]; linked: PublicElection | undefined }>) {
  const words = useWords(found, elections, linked);
  return (
    <div class={`outcome ${words.tone}`}>
      <h2>{words.title}</h2>
      {found.kind === "in-the-box" && <p class="tracking-code">{groupTrackingCode(found.trackingCode)}</p>}
      {words.lines.map((line) => (
        <p key={line}>
          <Told text={line} />
        </p>
      ))}
    </div>
  );
}

function useWords(found: Whereabouts, elections: readonly PublicElection[], linked: PublicElection | undefined): Words {
  const t = useCheckMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const contact = useContact(linked?.definition);
  switch (found.kind) {
    case "in-the-box": {
      const election = elections.find(({ election_id }) => election_id === found.electionId);
      const title = election === undefined ? found.electionId : inLanguage(election.title);
      if (election?.status === "cancelled") {
        return { tone: "wait", title: t.check.inTheBoxTitle, lines: [t.check.inTheCancelledBox(title)] };
      }
      if (found.certified === undefined) {
        return { tone: "counted", title: t.check.inTheBoxTitle, lines: [t.check.inTheBox(title)] };
      }
      return found.certified === "in-the-box"
        ? { tone: "counted", title: t.check.certifiedTitle, lines: [t.check.inTheCertifiedBox(title)] }
        : {
            tone: found.certified === "unknown" ? "wait" : "wrong",
            title: t.check.inTheBoxTitle,
            lines: [
              t.check.certified[found.certified](title),
              ...(found.certified === "unknown" ? [] : [t.check.advice(contact)]),
            ],
          };
    }
    case "on-its-way":
      return {
        tone: "wait",
        title: t.check.notYetTitle,
        lines: [found.status === "queued" ? t.check.notYet : t.check.soon],
      };
    case "refused":
      return linked === undefined
        ? { tone: "wrong", title: t.stub.invalidTitle, lines: [found.outcome.message] }
        : outcomeWords(found.outcome, linked, { t, language, contact });
    case "absent":
      return {
        tone: found.mayCome ? "wait" : "wrong",
        title: found.mayCome ? t.check.mayComeTitle : t.check.absentTitle,
        lines: [found.mayCome ? t.check.mayCome : t.check.absent, t.check.compare, t.check.advice(contact)],
      };
    case "unknown":
      return {
        tone: "wrong",
        title: t.failure.title,
        lines: [found.answer.kind === "refused" ? found.answer.problem.detail : t.failure.unreachable],
      };
    default:
      return found satisfies never;
  }
}

import { useState } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import type { ListedProposal, ListedProposals } from "#functions/office/proposals/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { ProposalDialog } from "#web/office/proposals/proposal-dialog.tsx";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";

/** Somebody else may decide meanwhile. */
const EVERY_MS = 30_000;

const SEE = ["officer", "registrar", "auditor"];

/** Of elections, by id: what is about one is told by its clocks. */
type Zones = ReadonlyMap<string, string>;

/** On the overview: what waits for a second person, and what became of the rest. Nothing where the stage asks for one only. */
export function Proposals({ me, zones }: Readonly<{ me: Me; zones: Zones }>) {
  const t = useOfficeMessages();
  const isShown = me.two_officers && me.groups.some((group) => SEE.includes(group));
  const { answer, retry } = useOfficeAnswer<ListedProposals>(isShown ? "/office/proposals" : undefined, EVERY_MS);
  const [looking, setLooking] = useState<string>();
  const [isDone, setDone] = useState(false);
  if (!isShown || answer === undefined) return null;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} hasHeading={false} />;
  const { proposals } = answer.body;
  const open = proposals.filter(({ state }) => state === "open");
  const decided = proposals.filter(({ state }) => state !== "open");
  const close = (): void => {
    setLooking(undefined);
    retry();
  };
  return (
    <section>
      <h2>{t.officeProposals.title}</h2>
      <p role="status">{isDone && t.officeProposals.confirmed}</p>
      {open.length === 0 ? (
        <p class="quiet">{t.officeProposals.none}</p>
      ) : (
        <List proposals={open} zones={zones} onLook={setLooking} />
      )}
      {decided.length > 0 && (
        <details>
          <summary>{t.officeProposals.decided}</summary>
          <List proposals={decided} zones={zones} onLook={setLooking} />
        </details>
      )}
      {looking !== undefined && (
        <ProposalDialog
          proposalId={looking}
          onDone={() => {
            setDone(true);
            close();
          }}
          onClose={close}
        />
      )}
    </section>
  );
}

function List({
  proposals,
  zones,
  onLook,
}: Readonly<{ proposals: readonly ListedProposal[]; zones: Zones; onLook: (proposalId: string) => void }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const whenOf =
    ({ election_id: id }: ListedProposal) =>
    (instant: string): string =>
      formatInstant(language, instant, zones.get(id ?? ""));
  const stands = (proposal: ListedProposal): string => {
    const { state, outcome, decided_by: by, decided_at: at, expires_at: until } = proposal;
    const when = whenOf(proposal);
    if (state === "open") return t.officeProposals.until(when(until));
    const told = state === "confirmed" ? t.officeProposals.outcome[outcome ?? "none"] : t.officeProposals.state[state];
    return by === null || at === null ? told : t.officeProposals.decidedBy(told, by, when(at));
  };
  return (
    <ul class="office-list">
      {proposals.map((proposal) => {
        const { proposal_id: id, act, election_id: electionId, proposed_by: by, proposed_at: at } = proposal;
        const told = t.officeActs[act] ?? act;
        return (
          <li key={id}>
            <div class="office-anything">
              <p>
                {[told, electionId === null ? undefined : t.officeProposals.ofElection(electionId)]
                  .filter(Boolean)
                  .join(", ")}
              </p>
              <p class="quiet">{t.officeProposals.by(by, whenOf(proposal)(at))}</p>
              <p class="quiet">{stands(proposal)}</p>
            </div>
            <button
              type="button"
              class="button"
              aria-label={t.officeProposals.lookAt(told, electionId ?? "–")}
              onClick={() => onLook(id)}
            >
              {t.officeProposals.look}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

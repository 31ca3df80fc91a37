import { useContext, useRef, useState } from "preact/hooks";
import { CandidateForm } from "#web/office/elections/candidate-form.tsx";
import { type DraftCandidate, freeId, moved } from "#web/office/elections/draft.ts";
import { Faults, faultsBelow } from "#web/office/elections/faults.ts";
import type { PartProps } from "#web/office/elections/rules-parts.tsx";
import { Section } from "#web/office/elections/section.tsx";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type Held, useDrag } from "#web/vote/drag.ts";

/** Candidates in the order of the ballot: moved by buttons, arrow keys or drag, and each opened to be edited. */
export function CandidatesPart({
  draft,
  change,
  opened,
  onOpen,
}: PartProps & Readonly<{ opened: string | undefined; onOpen: (candidateId: string | undefined) => void }>) {
  const t = useOfficeMessages();
  const faults = useContext(Faults);
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const [removed, setRemoved] = useState<Readonly<{ candidate: DraftCandidate; index: number; name: string }>>();
  const { candidates } = draft;
  const placeOf = (id: string): number => candidates.findIndex(({ candidateId }) => candidateId === id);
  const nameOf = (id: string): string => {
    const found = candidates[placeOf(id)];
    return t.officeElections.editor.candidate(found === undefined ? "" : `${found.firstName} ${found.lastName}`.trim());
  };
  const move = (from: number, to: number): void => change({ candidates: moved(candidates, from, to) });
  const hold = (id: string, held: Held): void => {
    if (typeof held === "number" && placeOf(id) !== held - 1) move(placeOf(id), held - 1);
  };
  const { dragged, take, listeners } = useDrag(list, hold, (id) => setSaid(`${placeOf(id) + 1}. ${nameOf(id)}`));
  const put = (at: number, candidate: DraftCandidate): void => {
    // An id that is changed stays opened.
    if (opened === candidates[at]?.candidateId) onOpen(candidate.candidateId);
    change({ candidates: candidates.with(at, candidate) });
  };
  const add = (): void => {
    const candidateId = freeId(candidates.map((candidate) => candidate.candidateId));
    const texts = { firstName: "", lastName: "", partyId: "", photo: "", bio: { fr: "", en: "" }, rest: {} };
    const regionIds = draft.regions.map(({ regionId }) => regionId);
    change({ candidates: [...candidates, { candidateId, regionIds, ...texts }] });
    onOpen(candidateId);
  };
  const step = (at: number, by: -1 | 1, id: string): void => {
    move(at, at + by);
    setSaid(`${Math.min(Math.max(at + by, 0), candidates.length - 1) + 1}. ${nameOf(id)}`);
  };
  return (
    <Section title={t.officeElections.editor.sections.candidates} place="candidates">
      <p class="visually-hidden" role="status">
        {said}
      </p>
      <div ref={list} class="candidate-list" {...listeners}>
        {candidates.map((candidate, index) => {
          const { candidateId } = candidate;
          const name = nameOf(candidateId);
          const count = faultsBelow(faults, "candidates", index);
          const isOpened = opened === candidateId;
          return (
            <div
              key={candidateId}
              class={candidateId === dragged ? "candidate-row dragged" : "candidate-row"}
              data-row={candidateId}
              data-ranked
            >
              <div class="candidate-head">
                <button
                  type="button"
                  class="candidate-name"
                  aria-expanded={isOpened}
                  onClick={() => onOpen(isOpened ? undefined : candidateId)}
                >
                  <span>{name}</span>
                  {count > 0 && <span class="fault-count">{t.officeElections.editor.faultsIn(count)}</span>}
                </button>
                <MoveButton
                  label={t.officeElections.editor.up(name)}
                  isIdle={index === 0}
                  onMove={() => step(index, -1, candidateId)}
                  isUp
                />
                <MoveButton
                  label={t.officeElections.editor.down(name)}
                  isIdle={index === candidates.length - 1}
                  onMove={() => step(index, 1, candidateId)}
                />
                <button
                  type="button"
                  class="icon-button handle"
                  aria-label={t.officeElections.editor.drag(name)}
                  title={t.officeElections.editor.drag(name)}
                  onPointerDown={(event) => take(event, candidateId)}
                  onKeyDown={(event) => {
                    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : undefined;
                    if (by === undefined) return;
                    event.preventDefault();
                    step(index, by, candidateId);
                  }}
                >
                  <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M9 6v0M15 6v0M9 12v0M15 12v0M9 18v0M15 18v0" />
                  </svg>
                </button>
              </div>
              {isOpened && (
                <CandidateForm
                  draft={draft}
                  candidate={candidate}
                  index={index}
                  onChange={(changed) => put(index, changed)}
                  onRemove={() => {
                    change({ candidates: candidates.toSpliced(index, 1) });
                    setRemoved({ candidate, index, name });
                  }}
                />
              )}
            </div>
          );
        })}
      </div>
      <div role="status">
        {removed !== undefined && (
          <p>
            {t.officeElections.editor.removed(removed.name)}{" "}
            <button
              type="button"
              class="button small"
              onClick={() => {
                change({ candidates: candidates.toSpliced(removed.index, 0, removed.candidate) });
                setRemoved(undefined);
              }}
            >
              {t.officeElections.editor.putBack}
            </button>
          </p>
        )}
      </div>
      <button type="button" class="button" onClick={add}>
        {t.officeElections.editor.addCandidate}
      </button>
    </Section>
  );
}

/** At the end it does nothing, but keeps its place and focus. */
function MoveButton({
  label,
  isIdle,
  onMove,
  isUp = false,
}: Readonly<{ label: string; isIdle: boolean; onMove: () => void; isUp?: boolean }>) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={isIdle}
      onClick={() => !isIdle && onMove()}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={isUp ? "M12 19V6M6 12l6-6 6 6" : "M12 5v13M6 12l6 6 6-6"} />
      </svg>
    </button>
  );
}

import { useEffect } from "preact/hooks";
import type { Me } from "#functions/office/session/contract.ts";
import { LatestJob } from "#web/office/closing/latest-job.tsx";
import { Opening } from "#web/office/closing/opening.tsx";
import { useClosing } from "#web/office/closing/use-closing.ts";
import "#web/styles/certified.css";
import "#web/styles/office-closing.css";

type Props = Readonly<{
  me: Me;
  electionId: string;
  /** As the page shows it. */
  isStated: boolean;
  onStated: () => void;
}>;

/** The opening statement, where an election is prepared. */
export function OpeningPart({ me, electionId, isStated, onStated }: Props) {
  const { known, state } = useClosing(me, electionId);
  const isStatedNow = state !== undefined && state.standing.opening !== null;
  useEffect(() => {
    if (isStatedNow && !isStated) onStated();
  }, [isStatedNow, isStated]);
  if (state === undefined) return null;
  return (
    <>
      <LatestJob jobs={known} />
      <Opening {...state} />
    </>
  );
}

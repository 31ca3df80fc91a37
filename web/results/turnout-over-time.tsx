import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useRefreshed } from "#web/results/refreshed.ts";
import { TurnoutChart } from "#web/results/turnout-chart.tsx";
import { api } from "#web/shell/answers.tsx";
import "#web/styles/charts.css";
import "#web/styles/turnout.css";

/** It moves by quarter hours. */
const EVERY_MS = 10_000;

/** Turnout of all regions together, as it grows; nothing where it is not shown. */
export function TurnoutOverTime({ election }: Readonly<{ election: PublicElection }>) {
  const language = useLanguage();
  const { election_id: electionId } = election;
  const { answer } = useRefreshed(electionId, (signal) => api.turnout(language, electionId, signal), EVERY_MS);
  if (answer !== undefined && answer.kind !== "ok") return null;
  return <TurnoutChart election={election} turnout={answer?.body} />;
}

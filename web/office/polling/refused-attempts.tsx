import { formatInstant } from "#core/instant-words.ts";
import type { RejectedAttemptsFigures } from "#functions/office/polling/contract.ts";
import { formatCount } from "#web/format.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";
import { Table } from "#web/office/shell/table.tsx";
import { Loading } from "#web/shell/answers.tsx";

/** Reading them all takes longer than the figures. */
const REFRESH_EVERY_MS = 30_000;

type Props = Readonly<{ path: string; isPaused: boolean; timeZone: string }>;

/** Attempts that were refused, by reason, and the latest of them. */
export function RefusedAttempts({ path, isPaused, timeZone }: Props) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { answer, retry } = useOfficeAnswer<RejectedAttemptsFigures>(
    `${path}/rejected-attempts`,
    isPaused ? undefined : REFRESH_EVERY_MS,
  );
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} hasHeading={false} />;
  const { totals, latest } = answer.body;
  const reasons = Object.keys(totals) as (keyof typeof totals)[];
  const met = reasons.filter((reason) => totals[reason].voters > 0);
  if (met.length === 0) return <p>{t.officePolling.noneRefused}</p>;
  const count = (value: number): string => formatCount(language, value);
  return (
    <>
      <Table
        caption={t.officePolling.refused}
        rows={met}
        keyOf={(reason) => reason}
        columns={[
          { key: "reason", head: t.officePolling.reason, cell: (reason) => t.officePolling.reasons[reason] },
          {
            key: "voters",
            head: t.officePolling.voters,
            isFigure: true,
            cell: (reason) => count(totals[reason].voters),
          },
          {
            key: "attempts",
            head: t.officePolling.attempts,
            isFigure: true,
            cell: (reason) => count(totals[reason].attempts),
          },
        ]}
      />
      <details class="polling-latest">
        <summary>{t.officePolling.latest}</summary>
        <p class="quiet">{t.officePolling.latestHint}</p>
        <Table
          caption={t.officePolling.latest}
          rows={latest}
          keyOf={({ voter, reason }) => `${voter} ${reason}`}
          columns={[
            { key: "voter", head: t.officePolling.voter, cell: ({ voter }) => <code>{voter}</code> },
            { key: "reason", head: t.officePolling.reason, cell: ({ reason }) => t.officePolling.reasons[reason] },
            {
              key: "attempts",
              head: t.officePolling.attempts,
              isFigure: true,
              cell: ({ attempts }) => count(attempts),
            },
            {
              key: "first",
              head: t.officePolling.first,
              cell: ({ first_at: at }) => formatInstant(language, at, timeZone),
            },
            {
              key: "last",
              head: t.officePolling.last,
              cell: ({ last_at: at }) => formatInstant(language, at, timeZone),
            },
          ]}
        />
      </details>
    </>
  );
}

import type { ExactCounts, PollingFigures } from "#functions/office/polling/contract.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { type Column, Table } from "#web/office/shell/table.tsx";
import { formatShare } from "#web/share.ts";

/** How voting goes: the whole, exactly, and regions as everybody is shown them. */

const COUNTS = [
  "received",
  "accepted",
  "undecided",
  "counted",
  "duplicate",
  "unknown_credentials",
  "wrong_region",
  "struck",
] as const satisfies readonly (keyof ExactCounts)[];

export function Figures({ figures }: Readonly<{ figures: PollingFigures }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { votes, on_roll: onRoll, rounded_to: roundedTo } = figures;
  const unknown = {
    unreachable: t.officePolling.notMeasured,
    upcoming: t.officePolling.notYet,
    cancelled: t.officePolling.noneAnyMore,
  };
  return (
    <>
      {votes === null && figures.votes_unknown !== null && <p>{unknown[figures.votes_unknown]}</p>}
      {votes !== null && (
        <>
          <dl class="polling-counts">
            {COUNTS.map((name) => (
              <div key={name} class={name}>
                <dt>{t.officePolling.votes[name]}</dt>
                <dd class="figures">{formatCount(language, votes[name])}</dd>
              </div>
            ))}
          </dl>
          <p class="figures">
            {t.officePolling.turnoutOf(
              votes.accepted,
              onRoll,
              formatShare(language, { part: votes.accepted, whole: onRoll }),
            )}
          </p>
          {roundedTo > 1 && <p class="quiet">{t.officePolling.exact}</p>}
        </>
      )}
      <h3 class="polling-regions">{t.officePolling.regions}</h3>
      {roundedTo > 1 && <p class="quiet">{t.officePolling.inSteps(roundedTo)}</p>}
      <Regions figures={figures} />
    </>
  );
}

type RegionRow = PollingFigures["regions"][number];

function Regions({ figures: { regions, votes, status } }: Readonly<{ figures: PollingFigures }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const isHeld = status === "open" || status === "closed";
  const withheld = isHeld && votes !== null ? t.officePolling.tooFew : "–";
  const columns: readonly Column<RegionRow>[] = [
    {
      key: "region",
      head: t.officePolling.region,
      cell: ({ region_id: id, name }) => (name === null ? t.officePolling.wholeCountry : `${inLanguage(name)} (${id})`),
    },
    {
      key: "ballots",
      head: t.officePolling.ballots,
      isFigure: true,
      cell: ({ ballots }) => (ballots === null ? withheld : formatCount(language, ballots)),
    },
    {
      key: "roll",
      head: t.officePolling.onRoll,
      isFigure: true,
      cell: ({ on_roll: onRoll }) => formatCount(language, onRoll),
    },
    {
      key: "turnout",
      head: t.officePolling.turnout,
      isFigure: true,
      cell: ({ ballots, on_roll: onRoll }) =>
        ballots === null ? "–" : formatShare(language, { part: ballots, whole: onRoll }),
    },
    ...(regions.some(({ voted_elsewhere: elsewhere }) => elsewhere > 0)
      ? [
          {
            key: "elsewhere",
            head: t.officePolling.elsewhere,
            isFigure: true,
            cell: ({ voted_elsewhere: elsewhere }: RegionRow) => formatCount(language, elsewhere),
          },
        ]
      : []),
  ];
  return <Table caption={t.officePolling.regions} columns={columns} rows={regions} keyOf={({ region_id: id }) => id} />;
}

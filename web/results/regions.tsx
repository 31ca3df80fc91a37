import { useRef, useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { closestFirst, ledBy, type RegionLine, regionLines, regionsWith } from "#published/regions.ts";
import { formatCount } from "#web/format.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { Swatch } from "#web/results/patterns.tsx";
import { writePath } from "#web/router.ts";
import { formatShare } from "#web/share.ts";

type Props = Readonly<{ election: PublicElection; results: ElectionResults }>;
type Order = "ballot" | "closest";

/** So many are found without looking for them. */
const MANY = 12;
/** Of more, so many are shown until all are asked for. */
const FEW = 2;

/** Each region in one line, with a link to its page. The first few; all of them when asked for. */
export function Regions({ election, results }: Props) {
  const t = useResultsMessages();
  const [words, setWords] = useState("");
  const [leader, setLeader] = useState("");
  const [isWhole, setWhole] = useState(false);
  const [order, setOrder] = useState<Order>("ballot");
  const rowOf = useKeptRows(election, results);
  const all = regionLines(election.definition, results);
  const found = regionsWith(all, words).filter((line) => leader === "" || ledBy(line).includes(leader));
  const shown = order === "closest" ? closestFirst(found) : found;
  const isShort = !isWhole && shown.length > MANY;
  return (
    <>
      <h2>{t.regions.title}</h2>
      {all.length > MANY && (
        <div class="region-tools">
          <div class="field">
            <label for="find-region">{t.regions.find}</label>
            <input
              id="find-region"
              type="search"
              value={words}
              onInput={(event) => setWords(event.currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for="region-leader">{t.results.leading}</label>
            <LeaderChoice lines={all} leader={leader} onChange={setLeader} />
          </div>
          <div class="field">
            <label for="region-order">{t.regions.order}</label>
            <select
              id="region-order"
              value={order}
              onChange={(event) => setOrder(event.currentTarget.value === "closest" ? "closest" : "ballot")}
            >
              <option value="ballot">{t.regions.ballotOrder}</option>
              <option value="closest">{t.regions.closest}</option>
            </select>
          </div>
          <p role="status" class="quiet">
            {shown.length < all.length && t.regions.shown(shown.length, all.length)}
          </p>
        </div>
      )}
      <table class="region-list">
        <thead>
          <tr>
            <th scope="col">{t.results.region}</th>
            <th scope="col">{results.status === "closed" ? t.seats.elected : t.results.leading}</th>
            <th scope="col">{t.regions.margin}</th>
          </tr>
        </thead>
        <tbody>{(isShort ? shown.slice(0, FEW) : shown).map(rowOf)}</tbody>
      </table>
      {isShort && (
        <button type="button" class="button plain" onClick={() => setWhole(true)}>
          {t.regions.all(shown.length)}
        </button>
      )}
    </>
  );
}

/** The parties that lead somewhere, independents, ties and regions without votes. */
function LeaderChoice({
  lines,
  leader,
  onChange,
}: Readonly<{ lines: readonly RegionLine[]; leader: string; onChange: (leader: string) => void }>) {
  const t = useResultsMessages();
  const inLanguage = useBilingual();
  const names = new Map(
    lines.flatMap((line) =>
      ledBy(line).map((key): [string, string] => {
        const party = line.elected.find((one) => key === `party ${one.party?.en}`)?.party;
        if (party != null) return [key, inLanguage(party)];
        return [key, key === "tied" ? t.results.level : key === "none" ? t.regions.none : t.ballot.independent];
      }),
    ),
  );
  // A choice stays on offer when it leads nowhere any more.
  const keys = [...new Set([...names.keys(), ...(leader === "" ? [] : [leader])])].toSorted();
  return (
    <select id="region-leader" value={leader} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t.regions.anybody}</option>
      {keys.map((key) => (
        <option key={key} value={key}>
          {names.get(key) ?? key.replace("party ", "")}
        </option>
      ))}
    </select>
  );
}

/** Rows whose region did not change are the same as before: nothing of them is drawn again. */
function useKeptRows(election: PublicElection, { status }: ElectionResults) {
  const language = useLanguage();
  const kept = useRef(new Map<string, Readonly<{ told: string; row: preact.JSX.Element }>>());
  return (line: RegionLine): preact.JSX.Element => {
    const told = JSON.stringify([line, status, language]);
    const known = kept.current.get(line.id);
    if (known?.told === told) return known.row;
    const row = <RegionRow key={line.id} line={line} election={election} />;
    kept.current.set(line.id, { told, row });
    return row;
  };
}

function RegionRow({ line, election }: Readonly<{ line: RegionLine; election: PublicElection }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { id, name, seat, elected, tied } = line;
  const isEmpty = seat === undefined || elected.length + tied.length === 0;
  const over = seat?.tie_over === "elimination" ? "tieOverElimination" : "tie";
  return (
    <tr>
      <th scope="row">
        <a href={writePath(language, { page: "results", electionId: election.election_id, regionId: id })}>
          {inLanguage(name)}
        </a>
        {seat !== undefined && (
          <span class="quiet">
            {t.regions.turnout(formatShare(language, { part: seat.ballots, whole: seat.on_roll }))}
          </span>
        )}
      </th>
      <td>
        {seat === undefined ? t.results.withheldTitle : isEmpty && t.results.none}
        {elected.map((one) => (
          <p key={one.id} class="region-leader">
            <Swatch definition={election.definition} party={one.party} colour={one.colour} />
            {one.name}
            <span class="mark-party">{one.party === null ? t.ballot.independent : inLanguage(one.party)}</span>
          </p>
        ))}
        {tied.length > 0 && <p>{t.seats[over](new Intl.ListFormat(language).format(tied.map((one) => one.name)))}</p>}
      </td>
      <td>
        {seat !== undefined && !isEmpty && (
          <>
            {elected.length === 1 && tied.length === 0 && (
              <strong>{formatShare(language, { part: seat.votes, whole: seat.whole })}</strong>
            )}
            <span class="quiet">
              {seat.margin === 0 ? formatCount(language, 0) : t.regions.ahead(formatCount(language, seat.margin))}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

import { formatInstant } from "#core/instant-words.ts";

/** How the record of an election tells what was done: stored in English, and told in French by the console. */

/** What a record begins with. */
type Beginning =
  | "registered"
  | "changed"
  | "ceremony replaced"
  | "closing extended"
  | "extension taken back"
  | "postponed"
  | "corrected"
  | "candidate"
  | "cancelled"
  | "closed"
  | "opening stated"
  | "roll stated again"
  | `roll ${RollAct}`
  | "letters made"
  | "lot drawn"
  | "tallies recounted"
  | "box sealed"
  | "certified"
  | "published"
  | "pepper destroyed";

export type RollAct = "import" | "add" | "reissue" | "remove" | "move" | "voted-elsewhere";

/** A record: whoever writes one of a new kind says it in French too. */
export type Recorded = Beginning | `${Beginning}${" " | "," | ";" | ":"}${string}`;

/** What is recorded of people, and to how many it was done. */
export type RecordedAct = `roll ${RollAct}` | `letters made${"" | ` to paper ${string}`}`;

type InFrench = readonly [RegExp, (...found: readonly string[]) => string];

/** `: 5,000 people, voters.csv SHA-256 …` */
const people = (act: string): InFrench => [
  /^(?: to paper (\S+))?: ([\d,]+) (?:person|people)(, .*)?$/,
  (paper = "", count = "", file = "") =>
    `${act}${paper === "" ? "" : `, bulletin ${paper}`}\u00a0: ${count.replaceAll(",", "\u00a0")} ${count === "1" ? "personne" : "personnes"}${file}`,
];

function overWhat(told = ""): string {
  const seats = /^the last (\d+) seats$/.exec(told)?.[1];
  if (seats !== undefined) return `les ${seats} derniers sièges`;
  return told === "the last seat" ? "le dernier siège" : told === "the win" ? "la victoire" : "une élimination";
}

/** @param at tells an instant */
const inFrench = (at: (instant?: string) => string): Readonly<Record<Beginning, InFrench>> => ({
  registered: [/^$/, () => "inscription de l’élection"],
  changed: [/^ (.+)$/, (fields) => `modification\u00a0: ${fields}`],
  "ceremony replaced": [/^$/, () => "autre cérémonie des dépositaires"],
  "closing extended": [/^ from (\S+) to (\S+)$/, (from, to) => `fermeture reportée du ${at(from)} au ${at(to)}`],
  "extension taken back": [
    /^ from (\S+) to (\S+)$/,
    (from, to) => `prolongation annulée\u00a0: fermeture ramenée du ${at(from)} au ${at(to)}`,
  ],
  postponed: [
    /^: opening (\S+) to (\S+), closing (\S+) to (\S+)$/,
    (...[opened, opens, closed, closes]) =>
      `report\u00a0: ouverture du ${at(opened)} au ${at(opens)}, fermeture du ${at(closed)} au ${at(closes)}`,
  ],
  corrected: [
    /^ (.+)$/s,
    (texts = "") =>
      `correction\u00a0: ${texts.replaceAll(/ from “(.*?)” to “(.*?)”/gs, ", «\u00a0$1\u00a0» devient «\u00a0$2\u00a0»")}`,
  ],
  candidate: [/^ (.+) withdrew$/s, (who) => `désistement de ${who}`],
  cancelled: [/^$/, () => "annulation de l’élection"],
  closed: [/^$/, () => "fermeture constatée"],
  "opening stated": [/^, SHA-256 (\S+)$/, (sha256) => `énoncé d’ouverture fait, SHA-256 ${sha256}`],
  "roll stated again": [
    /^( after closing)?, (\d+) voters$/,
    (isLate, voters) => `liste signée de nouveau${isLate ? " après la fermeture" : ""}, inscrits\u00a0: ${voters}`,
  ],
  "roll import": people("importation dans la liste"),
  "roll add": people("ajout à la liste"),
  "roll reissue": people("nouveau code"),
  "roll remove": people("retrait de la liste"),
  "roll move": people("changement de région"),
  "roll voted-elsewhere": people("vote ailleurs"),
  "letters made": people("lettres préparées"),
  "lot drawn": [
    /^ over (.+?) in (?:region (\S+) of )?election \S+: (.+?); witnesses: (.+)$/s,
    (...[over, region, order, witnesses]) =>
      `tirage au sort pour ${overWhat(over)}${region ? `, région ${region}` : ""}\u00a0: ${order}\u202f; témoins\u00a0: ${witnesses}`,
  ],
  "tallies recounted": [
    /^ from (\d+) ballots, (\d+) counts replaced$/,
    (ballots, counts) => `recomptage, bulletins\u00a0: ${ballots}, comptes remplacés\u00a0: ${counts}`,
  ],
  "box sealed": [/^, SHA-256 (\S+)$/, (sha256) => `urne scellée, SHA-256 ${sha256}`],
  certified: [/^, Merkle root (\S+)$/, (root) => `certification, racine de Merkle ${root}`],
  published: [/^, certificate SHA-256 (\S+)$/, (sha256) => `publication, SHA-256 du certificat ${sha256}`],
  "pepper destroyed": [/^$/, () => "destruction du poivre"],
});

const RESTATED = /; (roll stated again.*)$/;
const REASON = /[,;] reason(?: not given|: (.*))$/s;

/** A record in French, its times in a zone or in the reader's own; undefined where an older version wrote it otherwise. */
export function recordedInFrench(what: string, timeZone?: string): string | undefined {
  const again = RESTATED.exec(what);
  if (again !== null) {
    const [act, roll] = [what.slice(0, again.index), again[1] ?? ""].map((part) => recordedInFrench(part, timeZone));
    return act === undefined || roll === undefined ? undefined : `${act}\u202f; ${roll}`;
  }
  const given = REASON.exec(what);
  const act = given === null ? what : what.slice(0, given.index);
  const why = given === null ? "" : given[1] === undefined ? "\u202f; sans motif" : `\u202f; motif\u00a0: ${given[1]}`;
  const forms = inFrench((instant = "") => formatInstant("fr", instant, timeZone));
  for (const [beginning, [form, told]] of Object.entries(forms)) {
    const found = act.startsWith(beginning) ? form.exec(act.slice(beginning.length)) : null;
    if (found !== null) return `${told(...found.slice(1).map((part = "") => part))}${why}`;
  }
  return undefined;
}

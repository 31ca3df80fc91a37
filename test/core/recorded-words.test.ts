import { describe, expect, test } from "vitest";
import { describeAct } from "#admin/shared/act.ts";
import { formatInstant } from "#core/instant-words.ts";
import { type Recorded, recordedInFrench } from "#core/recorded-words.ts";

/** The console tells in French what the record of an election has in English. */

const SHA256 = "0".repeat(64);
const [EARLY, LATE, LATEST] = ["2026-10-19T20:00:00-04:00", "2026-10-19T21:00:00-04:00", "2026-10-20T21:00:00-04:00"];
const at = (instant: string): string => formatInstant("fr", instant);
const source = { name: "people.csv", sha256: SHA256 };

test.each<readonly [Recorded, string]>([
  ["registered", "inscription de l’élection"],
  ["changed title, regions", "modification\u00a0: title, regions"],
  [`closing extended from ${EARLY} to ${LATE}`, `fermeture reportée du ${at(EARLY)} au ${at(LATE)}`],
  [
    `closing extended from ${EARLY} to ${LATE}, reason: snow, and reason: ice`,
    `fermeture reportée du ${at(EARLY)} au ${at(LATE)}\u202f; motif\u00a0: snow, and reason: ice`,
  ],
  [
    `extension taken back from ${LATE} to ${EARLY}, reason not given`,
    `prolongation annulée\u00a0: fermeture ramenée du ${at(LATE)} au ${at(EARLY)}\u202f; sans motif`,
  ],
  [
    `postponed: opening ${EARLY} to ${LATE}, closing ${LATE} to ${LATEST}, reason: ice`,
    `report\u00a0: ouverture du ${at(EARLY)} au ${at(LATE)}, fermeture du ${at(LATE)} au ${at(LATEST)}\u202f; motif\u00a0: ice`,
  ],
  [
    "corrected candidates.7.lastName from “Ryo” to “Roy”, summary from “a” to “b”; reason: misspelt",
    "correction\u00a0: candidates.7.lastName, «\u00a0Ryo\u00a0» devient «\u00a0Roy\u00a0», summary, «\u00a0a\u00a0» devient «\u00a0b\u00a0»\u202f; motif\u00a0: misspelt",
  ],
  ["candidate 7 (Ada Roy) withdrew; reason not given", "désistement de 7 (Ada Roy)\u202f; sans motif"],
  ["cancelled; reason: Gel. / Ice.", "annulation de l’élection\u202f; motif\u00a0: Gel. / Ice."],
  ["closed", "fermeture constatée"],
  [`opening stated, SHA-256 ${SHA256}`, `énoncé d’ouverture fait, SHA-256 ${SHA256}`],
  ["roll stated again, 4 voters", "liste signée de nouveau, inscrits\u00a0: 4"],
  ["roll stated again after closing, 1 voters", "liste signée de nouveau après la fermeture, inscrits\u00a0: 1"],
  [
    describeAct("roll import", 5_000, source, undefined),
    `importation dans la liste\u00a0: 5\u00a0000 personnes, people.csv SHA-256 ${SHA256}\u202f; sans motif`,
  ],
  [
    `${describeAct("roll add", 1, undefined, "late")}; roll stated again, 5 voters` as Recorded,
    "ajout à la liste\u00a0: 1 personne\u202f; motif\u00a0: late\u202f; liste signée de nouveau, inscrits\u00a0: 5",
  ],
  [describeAct("roll reissue", 2, undefined, "lost"), "nouveau code\u00a0: 2 personnes\u202f; motif\u00a0: lost"],
  [describeAct("roll remove", 2, undefined, "left"), "retrait de la liste\u00a0: 2 personnes\u202f; motif\u00a0: left"],
  [
    describeAct("roll move", 2, undefined, "moved"),
    "changement de région\u00a0: 2 personnes\u202f; motif\u00a0: moved",
  ],
  [
    describeAct("roll voted-elsewhere", 2, undefined, "post"),
    "vote ailleurs\u00a0: 2 personnes\u202f; motif\u00a0: post",
  ],
  [
    describeAct("letters made to paper P1", 3, source, "first"),
    `lettres préparées, bulletin P1\u00a0: 3 personnes, people.csv SHA-256 ${SHA256}\u202f; motif\u00a0: first`,
  ],
  [
    "lot drawn over the last 2 seats in region 1 of election D1: 2, 1; witnesses: Bo Lee, Cy Fox; reason: s. 61",
    "tirage au sort pour les 2 derniers sièges, région 1\u00a0: 2, 1\u202f; témoins\u00a0: Bo Lee, Cy Fox\u202f; motif\u00a0: s. 61",
  ],
  [
    "lot drawn over the win in election D1: 2, 1; witnesses: Bo; reason not given",
    "tirage au sort pour la victoire\u00a0: 2, 1\u202f; témoins\u00a0: Bo\u202f; sans motif",
  ],
  [
    "tallies recounted from 12 ballots, 3 counts replaced",
    "recomptage, bulletins\u00a0: 12, comptes remplacés\u00a0: 3",
  ],
  [`box sealed, SHA-256 ${SHA256}`, `urne scellée, SHA-256 ${SHA256}`],
  ["certified, Merkle root abc", "certification, racine de Merkle abc"],
  [`published, certificate SHA-256 ${SHA256}`, `publication, SHA-256 du certificat ${SHA256}`],
  ["pepper destroyed", "destruction du poivre"],
])("the record “%s” is told in French", (what, french) => {
  expect(recordedInFrench(what)).toBe(french);
});

test("times are told in the election's zone where it is known", () => {
  expect(recordedInFrench(`closing extended from ${EARLY} to ${LATE}`, "America/Toronto")).toBe(
    "fermeture reportée du 19 octobre 2026 à 20\u00a0h\u00a0HAE au 19 octobre 2026 à 21\u00a0h\u00a0HAE",
  );
});

describe("what an older version wrote otherwise", () => {
  test.each(["opened", "registered twice", "roll stated again by hand", "roll import of everybody"])(
    "“%s” stays as it is",
    (what) => expect(recordedInFrench(what)).toBeUndefined(),
  );
});

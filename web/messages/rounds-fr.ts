import { countsIn } from "#web/format.ts";
import type { RoundsMessages } from "#web/messages/rounds-en.ts";

const { count, plural } = countsIn("fr");

export const roundsFr: RoundsMessages = {
  rounds: {
    title: "Tour par tour",
    one: "Un seul tour a suffi\u00a0: personne n’a été mis hors course.",
    picture: (rounds) =>
      `Un graphique de ${plural(rounds, "tour", "tours")}\u00a0: les voix de chaque personne à chaque tour, et vers qui vont les voix des personnes hors course. Les tableaux et les phrases ci-dessous disent la même chose.`,
    key: "Chaque barre est un tour, du premier, en haut, au dernier. Les rubans montrent à qui vont les bulletins des personnes hors course, et le trait marque la majorité des bulletins qui comptent encore.",
    keySurplus:
      "Chaque barre est un tour, du premier, en haut, au dernier. Les rubans montrent à qui vont les voix au-delà du quota et celles des personnes hors course. Le trait marque le quota.",
    keyOne: "Le trait marque la majorité.",
    keyQuota: "Le trait marque le quota.",
    tables: "Tous les tours en chiffres",
    candidate: "Candidature",
    round: (round, of) => `Tour ${count(round)} sur ${count(of)}`,
    steps: "Les tours, un à la fois",
    previous: "Tour précédent",
    next: "Tour suivant",
    keys: "Les flèches gauche et droite du clavier font de même.",
    votes: "Voix",
    share: "Part",
    change: "Écart",
    exhausted: "Bulletins épuisés",
    majority: "Majorité",
    quota: "Quota",
    lost: "Perdues par arrondi",
    elected: "Siège remporté",
    out: "Hors course",
    labelled: (label, text) => `${label}\u00a0: ${text}`,
    others: (others) => plural(others, "autre personne", "autres personnes"),
    receives: (name, votes) => `${name} (${count(votes)})`,
    says: {
      leads: (names, candidates, votes, of) =>
        `${names} ${candidates === 1 ? "a" : "ont"} ${count(votes)}\u00a0voix sur ${count(of)}`,
      needed: (votes) => `il en faut ${count(votes)}`,
      elected: (names, candidates) => `${candidates === 1 ? "un siège va" : "des sièges vont"} à ${names}`,
      eliminated: (names, candidates) => `${names} ${candidates === 1 ? "est" : "sont"} hors course`,
      tied: (names) => `${names} sont à égalité, et aucune règle ne les départage`,
      withoutVotes: "aucune voix n’est à reporter",
      ballots: (ballots, list) =>
        ballots === 1 ? `le bulletin va à ${list}` : `les ${count(ballots)}\u00a0bulletins vont à ${list}`,
      votes: (votes, list) => `${count(votes)}\u00a0voix ${votes < 2 ? "va" : "vont"} à ${list}`,
      surplus: (votes, list) => `au-delà du quota, ${count(votes)}\u00a0voix ${votes < 2 ? "va" : "vont"} à ${list}`,
      exhausted: (ballots) => plural(ballots, "bulletin épuisé", "bulletins épuisés"),
    },
  },
};

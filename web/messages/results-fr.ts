import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { ResultsMessages } from "#web/messages/results-en.ts";
import { verdictFr } from "#web/messages/verdict-fr.ts";

const { count, plural } = countsIn("fr");

export const resultsFr: ResultsMessages = {
  verdict: verdictFr,
  results: {
    title: (title) => `Résultats\u00a0: ${title}`,
    region: "Région",
    allRegions: "Toutes les régions",
    votes: (votes) => `${count(votes)}\u00a0voix`,
    status: {
      open: (closes) =>
        sentences`Le vote est ouvert jusqu’au ${closes}. Ces chiffres changent à mesure que les bulletins arrivent.`,
      closed: (closes) =>
        sentences`Le vote a pris fin le ${closes}. Le résultat deviendra définitif une fois certifié.`,
      certified: (instant) => sentences`Certifié le ${instant}.`,
    },
    forVoters: "Vous voyez ceci parce que votre bulletin est dans l’urne. Tout le monde le verra à la fin du vote.",
    leading: "En tête",
    level: "À égalité",
    most: "Le plus de voix",
    byCandidate: "Voix de chaque personne candidate",
    byVotes: "Le plus de voix d’abord.",
    outOfOrder: "L’ordre a changé.",
    sort: "Remettre dans l’ordre des voix",
    firstChoices: "Premiers choix seulement. Chaque région compte ses propres tours.",
    roundsDecide: "Ce sont les tours ci-dessous qui décident.",
    majority: {
      "more-than": (share) => `La loi est adoptée si le Oui obtient plus de ${share} des suffrages exprimés.`,
      "at-least": (share) => `La loi est adoptée si le Oui obtient au moins ${share} des suffrages exprimés.`,
    },
    quorum: (share) => `Au moins ${share} des personnes inscrites doivent voter.`,
    hasMajority: (share, isEnough) =>
      sentences`Le Oui a ${share}\u00a0: ${isEnough ? "c’est assez" : "ce n’est pas assez"}.`,
    hasQuorum: (share, isEnough) =>
      sentences`${share} ont voté\u00a0: ${isEnough ? "c’est assez" : "ce n’est pas assez"}.`,
    none: "Aucune voix n’est encore comptée.",
    turnout: "Participation",
    votedElsewhere: (count) => `Sur papier ou par la poste, en plus de ces bulletins\u00a0: ${count}`,
    total: "Suffrages exprimés",
    validBallots: "Bulletins valides",
    severalMarks:
      "Un bulletin peut cocher plusieurs noms\u00a0: il donne une voix à chacun. Les parts sont celles des bulletins valides.",
    blank: "Bulletins blancs",
    spoiled: "Bulletins nuls",
    changed: (clock) => `Dernier changement à ${clock}`,
    unchanged: (clock) => `Aucun changement depuis l’ouverture de la page, à ${clock}`,
    counted: (instant) => sentences`Compté le ${instant}.`,
    byItself: "Cette page se met à jour automatiquement.",
    paused: "Les mises à jour sont suspendues.",
    announced: {
      leads: (name) => sentences`En tête maintenant\u00a0: ${name}.`,
      votes: (name, votes, share) => sentences`${name}\u00a0: ${count(votes)}\u00a0voix, ${share}.`,
      turnout: (share) => sentences`Participation\u00a0: ${share}.`,
    },
    stale:
      "Pas de connexion\u00a0: ces chiffres sont peut-être périmés. Ils se mettront à jour dès votre retour en ligne.",
    withheldTitle: "Pas encore publié",
    withheld: {
      "not-open": (opens) => sentences`Le vote ouvre le ${opens}.`,
      "after-vote": (_opens, closes) =>
        sentences`Tant que le vote est ouvert, ce résultat n’est visible que pour les personnes qui ont voté\u00a0: déposez votre bulletin, puis revenez ici quand il est dans l’urne, sans fermer la page. Tout le monde le verra à la fin du vote, le ${closes}.`,
      "after-close": (_opens, closes) =>
        `Ce résultat est publié à la fin du vote, le ${closes}, pour n’influencer personne.`,
      "minimum-ballots": (_opens, _closes, minimum) =>
        `Trop peu de bulletins sont comptés ici. Un petit nombre pourrait révéler un vote\u00a0: les résultats n’apparaissent que par tranches d’au moins ${plural(minimum, "bulletin", "bulletins")}.`,
    },
    steps: (minimum) =>
      `D’ici là, la participation augmente par tranches d’au moins ${plural(minimum, "bulletin", "bulletins")}.`,
    inSteps: (minimum) =>
      `Pour que chaque vote reste secret, ces chiffres changent d’au moins ${plural(minimum, "bulletin", "bulletins")} à la fois, et les derniers reçus, au moins aussi nombreux, n’y figurent qu’à la fin du vote.`,
    regionsWithheld: (names) => sentences`Hors du total, faute d’assez de bulletins pour l’instant\u00a0: ${names}.`,
    vote: "Voter",
  },
  seats: {
    won: "Sièges",
    leading: "Sièges, selon les bulletins comptés jusqu’ici",
    elected: "Siège remporté",
    tie: (names) => `Égalité\u00a0: ${names}`,
    tieOverElimination: (names) => `Égalité pour une mise hors course\u00a0: ${names}`,
    party: "Parti",
    votes: "Voix",
    majority: (seats) => `Majorité\u00a0: ${count(seats)}`,
    final: {
      majority: (party, seats, all) =>
        `${party} obtient la majorité\u00a0: ${count(seats)} des ${plural(all, "siège", "sièges")}.`,
      most: (party, seats, all) =>
        `${party} obtient le plus de sièges, ${count(seats)} sur ${count(all)}, sans majorité.`,
    },
    soFar: {
      majority: (party, seats, all) =>
        `${party} mène\u00a0: ${count(seats)} des ${plural(all, "siège", "sièges")}, la majorité.`,
      most: (party, seats, all) =>
        `${party} mène\u00a0: ${count(seats)} des ${plural(all, "siège", "sièges")}, sans majorité.`,
    },
    nobodyAhead: "Aucun parti n’a plus de sièges que les autres.",
    tied: (seats) => plural(seats, "siège est à égalité.", "sièges sont à égalité."),
    open: (seats) => plural(seats, "siège est encore sans résultat.", "sièges sont encore sans résultat."),
    notFilled: "À égalité ou sans résultat",
  },
  regions: {
    title: "Par région",
    find: "Chercher une région ou un nom",
    order: "Dans l’ordre",
    ballotOrder: "du bulletin",
    closest: "de l’écart, du plus serré au plus large",
    anybody: "Tous",
    none: "Personne pour l’instant",
    margin: "Avance",
    ahead: (votes) => `+${votes}`,
    turnout: (share) => `${share} ont voté`,
    all: (all) => `Tout afficher (${count(all)})`,
    shown: (shown, all) => `${count(shown)} sur ${plural(all, "région", "régions")}`,
  },
  chart: {
    title: "La participation au fil du temps",
    none: "Il n’y a encore aucun bulletin dans l’urne.",
    summary: (from, until, share) =>
      sentences`Courbe de la participation, du ${from} au ${until}, où elle atteint ${share}.`,
    quorum: (share) => `Quorum\u00a0: ${share}`,
    closing: (clock) => `Fermeture\u00a0: ${clock}`,
    laterClosing: (day) => `Fermeture\u00a0: ${day} →`,
    table: "La participation au fil du temps, en tableau",
    until: "Jusqu’à",
    ballots: "Bulletins",
  },
  download: {
    failed: "La connexion est perdue, et le fichier n’a pu être créé. Veuillez réessayer.",
    title: "Enregistrer ces chiffres",
    csv: "Télécharger en CSV",
    json: "Télécharger en JSON",
    print: "Imprimer",
  },
  embed: {
    title: "Intégrer ce résultat",
    frame: "Pour une de vos pages, où il se mettra à jour\u00a0:",
    picture: "Le même en image de 1200 sur 630 (dans une nouvelle fenêtre)",
    columns: "Les programmes peuvent compter sur les colonnes du CSV et les champs du JSON\u00a0: ils restent.",
    api: "Ce que dit l’API (dans une nouvelle fenêtre)",
  },
  tieBreak: {
    "earlier-round": (names, round) => `Égalité entre ${names}, rompue par leurs voix au tour\u00a0${count(round)}.`,
    together: (names) =>
      `Égalité entre ${names}, dont l’ordre ne change rien\u00a0: même ensemble, leurs voix n’atteignent pas celles de la personne suivante.`,
    lot: (names) => `Égalité entre ${names}, rompue par le tirage au sort fait avant l’élection.`,
    "lot-after-closing": (names) =>
      `Égalité entre ${names}, rompue par un tirage au sort public fait après la fin du vote.`,
    "no-difference": (names) =>
      `Égalité entre ${names}, qui ne change rien\u00a0: quelle que soit la personne mise hors course, la même personne remporte l’élection.`,
  },
};

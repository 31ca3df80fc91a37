import { countsIn } from "#web/format.ts";
import type { MonitorMessages } from "#web/messages/monitor-en.ts";

const { count, plural } = countsIn("fr");

export const monitorFr: MonitorMessages = {
  title: "Où en est le vote",
  lead: "Ce qui arrive dans l’urne, ce qui est refusé et ce qui est compté, pour chaque vote. Rien ici ne dit qui a voté, ni quoi.",
  state: {
    ok: "Tout fonctionne.",
    slow: "Une partie est lente. Les bulletins sont en sûreté\u202f; ils prennent plus de temps.",
    down: "Une partie ne répond pas. Les bulletins reçus sont gardés et seront comptés.",
  },
  made: (clock) => `Chiffres de ${clock}. Ils se mettent à jour d’eux-mêmes toutes les 5 secondes.`,
  old: (clock) => `Aucun chiffre n’est arrivé depuis ${clock}. Ce que vous voyez a pu changer.`,
  votesTitle: "Les bulletins",
  votes: {
    received: "Reçus",
    accepted: "Dans l’urne",
    duplicate: "Seconds essais, non comptés",
    invalid: "Hors de la liste, non comptés",
    counted: "Comptés",
    spoiled: "Rejetés",
  },
  reasons: (unknown, region) => `Renseignements introuvables\u00a0: ${unknown}. Mauvaise région\u00a0: ${region}.`,
  spoiledHint:
    "Parmi les bulletins comptés, les enveloppes impossibles à ouvrir ou qui ne conviennent pas. Seulement pour les votes dont le résultat est publié.",
  hourTitle: "La dernière heure, minute par minute",
  hour: (all, most, last) =>
    `Dans la dernière heure\u00a0: ${count(all)}, au plus ${count(most)} en une minute, ${count(last)} dans la dernière minute complète.`,
  noHour: "La dernière heure n’est pas connue.",
  table: "En tableau",
  minute: "Dès",
  quiet: "Il ne s’est rien passé dans la dernière heure.",
  leftOut: "Les minutes où il ne s’est rien passé sont omises.",
  waitsTitle: "Ce qui attend",
  waiting: "Dans la file",
  waitingHint: "Reçus, pas encore vérifiés.",
  oldest: "La plus longue attente",
  delay: "De l’urne au décompte",
  delayHint: "Le plus lent des cinq dernières minutes.",
  setAside: "Mis de côté",
  setAsideHint: "Impossibles à vérifier. Ils sont gardés jusqu’à ce qu’une personne du bureau les renvoie.",
  late: "Plus long que prévu",
  toRedrive: "Le bureau des élections doit s’en occuper",
  unknown: {
    withheld: "Gardé secret jusqu’à la publication du résultat",
    unreachable: "Inconnu\u00a0: la partie qui le sait ne répond pas",
    "not-measured": "Rien dans les dernières minutes",
  },
  partsTitle: "Les parties du système",
  part: {
    "table elections": "Les votes et leurs règles",
    "table roll": "La liste électorale",
    "table votes": "L’urne",
    "table tallies": "Le décompte",
    "table board": "Le tableau des codes de suivi",
    "table rejected-attempts": "La liste des tentatives rejetées",
    "queue votes": "La file des bulletins",
    "queue dead-letter": "La place des bulletins mis de côté",
    measurements: "Les chiffres de cette page",
  },
  partState: { ok: "En marche", slow: "Au ralenti", down: "Sans réponse" },
  took: (milliseconds) => `réponse en ${count(milliseconds)} ms`,
  electionsTitle: "Chaque vote",
  phase: { open: "Ouvert", upcoming: "À venir", closed: "Terminé" },
  turnout: (ballots, onRoll, share) =>
    `Participation\u00a0: ${plural(ballots, "bulletin", "bulletins")} pour ${plural(onRoll, "personne", "personnes")} sur la liste, ${share}.`,
  rounded: (step) =>
    `Arrondi au multiple inférieur de ${count(step)} jusqu’à la publication du résultat\u00a0: un petit compte pourrait trahir un vote.`,
  noElections: "On ne sait pas en ce moment quels votes il y a.",
};

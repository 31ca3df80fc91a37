import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { MonitorMessages } from "#web/messages/monitor-en.ts";

const { count, plural } = countsIn("fr");

const monitor: MonitorMessages["monitor"] = {
  title: "Où en est le vote",
  lead: "Ce qui arrive dans l’urne, ce qui est rejeté et ce qui est compté, pour chaque vote. Rien ici ne dit qui a voté, ni comment.",
  state: {
    ok: "Tout fonctionne.",
    slow: "Une partie est lente. Les bulletins sont en sûreté, mais prennent plus de temps.",
    down: "Une partie ne répond pas. Les bulletins reçus sont conservés et seront comptés.",
  },
  made: (clock) => sentences`Chiffres de ${clock}. Ils se mettent à jour automatiquement toutes les 5 secondes.`,
  paused: (clock) => `Chiffres de ${clock}, sans mise à jour tant que la page est en pause.`,
  old: (clock) => sentences`Aucun nouveau chiffre depuis ${clock}. Ce que vous voyez est peut-être périmé.`,
  votesTitle: "Les bulletins",
  votes: {
    received: "Reçus",
    accepted: "Dans l’urne",
    duplicate: "Secondes tentatives, non comptées",
    invalid: "Non valides, non comptés",
    counted: "Comptés",
    spoiled: "Nuls",
  },
  reasons: (unknown, region, struck) =>
    sentences`Renseignements introuvables\u00a0: ${unknown}. Mauvaise région\u00a0: ${region}. Code remplacé ou annulé\u00a0: ${struck}.`,
  spoiledHint:
    "Bulletins comptés qui n’ont pu être ouverts ou qui ne conviennent pas. Seulement pour les votes dont le résultat est publié.",
  hourTitle: "La dernière heure, minute par minute",
  hour: (all, most, last) =>
    `Dans la dernière heure\u00a0: ${count(all)}, au plus ${count(most)} en une minute, ${count(last)} dans la dernière minute complète.`,
  noHour: "Il n’y a pas de chiffres pour la dernière heure.",
  table: "En tableau",
  minute: "Dès",
  quiet: "Il ne s’est rien passé dans la dernière heure.",
  leftOut: "Les minutes où il ne s’est rien passé sont omises.",
  waitsTitle: "Ce qui attend",
  waiting: "Dans la file",
  waitingHint: "Reçus, mais pas encore vérifiés.",
  oldest: "La plus longue attente dans la file",
  delay: "De l’urne au décompte",
  delayHint: "Le plus lent des cinq dernières minutes.",
  setAside: "Mis de côté",
  setAsideHint: "Impossibles à vérifier. Ils sont conservés jusqu’à ce qu’une personne du bureau les renvoie.",
  late: "Plus long que prévu",
  toRedrive: "Le bureau des élections doit s’en occuper",
  unknown: {
    withheld: "Gardé secret jusqu’à la publication du résultat",
    cancelled: "Non compté\u00a0: le vote est annulé",
    unreachable: "Inconnu\u00a0: la source ne répond pas",
    "not-measured": "Rien dans les dernières minutes",
  },
  partsTitle: "Les parties du système",
  part: {
    "table elections": "Les votes et leurs règles",
    "table roll": "La liste électorale",
    "table votes": "L’urne",
    "table tallies": "Le décompte",
    "table board": "Le tableau d’affichage des codes de suivi",
    "table rejected-attempts": "La liste des tentatives rejetées",
    "queue votes": "La file des bulletins",
    "queue dead-letter": "Les bulletins mis de côté",
    measurements: "Les chiffres de cette page",
  },
  partState: { ok: "En marche", slow: "Au ralenti", down: "Sans réponse" },
  took: (milliseconds) => `réponse en ${count(milliseconds)}\u00a0ms`,
  electionsTitle: "Chaque vote",
  phase: { open: "Ouvert", upcoming: "À venir", closed: "Terminé", cancelled: "Annulé" },
  turnout: (ballots, onRoll, share) =>
    sentences`Participation\u00a0: ${plural(ballots, "bulletin", "bulletins")} pour ${plural(onRoll, "personne", "personnes")} sur la liste, ${share}.`,
  rounded: (step) =>
    `La participation et les bulletins comptés sont ceux des résultats publiés\u202f; le reste est arrondi au multiple inférieur de ${count(step)}. Un petit changement pourrait révéler un vote.`,
  noElections: "La liste des votes n’est pas disponible pour le moment.",
};

export const monitorFr: MonitorMessages = { monitor };

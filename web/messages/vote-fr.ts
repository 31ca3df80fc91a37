import { sentences } from "#core/sentences.ts";
import { countsIn, formatRank } from "#web/format.ts";
import type { VoteMessages } from "#web/messages/vote-en.ts";

const { count, plural } = countsIn("fr");

export const voteFr: VoteMessages = {
  vote: {
    step: (step, steps) => `Étape ${step} sur ${steps}`,
    back: "Retour",
    next: "Continuer",
    opensOn: (when) =>
      sentences`Le vote ouvre le ${when}. Revenez à ce moment-là\u00a0: le même lien mène à votre bulletin.`,
    closedOn: (when) =>
      sentences`Le vote a pris fin le ${when}. Les résultats sont, ou seront, sur la page des résultats.`,
    notOpenTitle: "Le vote n’est pas encore ouvert",
    closedTitle: "Le vote est terminé",
    cancelledTitle: "Ce vote est annulé",
    cancelledOn: (when) => sentences`Ce vote est annulé depuis le ${when}. Le motif\u00a0:`,
    cancelledWhat: "Plus personne ne peut voter. Les bulletins déposés restent scellés, et aucun n’est compté.",
    seeResults: "Voir les résultats",
    corrected: (when, from, to) =>
      from === ""
        ? `Ajouté le ${when}\u00a0: «\u00a0${to}\u00a0».`
        : `Corrigé le ${when}\u00a0: «\u00a0${from}\u00a0» est devenu «\u00a0${to}\u00a0».`,
  },
  region: {
    title: "Où votez-vous\u202f?",
    hint: "Votre région figure sur votre carte d’électeur.",
    missing: "Choisissez votre région pour continuer.",
    change: "Changer de région",
  },
  ballot: {
    title: "Votre bulletin",
    hintLaw: "Cochez une case.",
    hintSingle: "Cochez un nom.",
    hintRanked: (most) => `Classez jusqu’à ${plural(most, "nom", "noms")} par ordre de préférence. Un seul suffit.`,
    yes: "Oui",
    no: "Non",
    blank: "Bulletin blanc",
    blankHint: "Il est compté, mais pour personne.",
    independent: "Sans parti",
    withdrawn: "Candidature retirée",
    about: (name: string) => `À propos de ${name}`,
    noBiographies: "Les présentations n’ont pas pu être chargées. Vous pouvez voter sans elles.",
    unmarked: (hint) => `Votre bulletin n’est pas encore rempli. ${hint}`,
    withdrawnMarked: "Une personne que vous avez choisie s’est retirée. Choisissez de nouveau.",
    immediate:
      "Les résultats de ce vote changent à chaque bulletin\u00a0: qui sait quand vous votez pourrait en déduire votre choix.",
    opening: "L’objet de ce vote a été fixé et signé d’avance",
    openingNumber: "Son numéro, à comparer avec celui qui a été publié\u00a0:",
  },
  choose: {
    hint: (most) => (most === 1 ? "Cochez un nom." : `Cochez jusqu’à ${plural(most, "nom", "noms")}. Un seul suffit.`),
    hintAll: "Cochez autant de noms que vous voulez. Un seul suffit.",
    seats: (seats) => `${plural(seats, "personne sera élue", "personnes seront élues")}.`,
    marked: (marked, most) => `${plural(marked, "nom coché", "noms cochés")} sur ${count(most)} au plus.`,
    full: (most, name) =>
      `Ce bulletin admet ${plural(most, "nom", "noms")}\u00a0: ${name} n’est pas coché. Décochez d’abord un autre nom.`,
  },
  ranked: {
    yours: "Votre classement",
    others: "Non classés",
    empty: "Personne pour l’instant. Choisissez un nom ci-dessous pour le mettre au premier rang.",
    rank: (rank) => `Classer ${formatRank("fr", rank)}`,
    rankOf: (name) => `Rang de ${name}`,
    up: (name) => `Monter ${name}`,
    down: (name) => `Descendre ${name}`,
    remove: (name) => `Retirer ${name} du classement`,
    full: (most) => `Votre classement compte ${plural(most, "nom", "noms")}, le maximum permis par ce bulletin.`,
    placed: (name, rank) => `${name} est maintenant votre ${formatRank("fr", rank)} choix.`,
    order: (names) => sentences`Votre ordre\u00a0: ${names}.`,
    nobody: "Vous n’avez classé personne.",
    move: (name) => `Glisser ${name}, ou déplacer avec les flèches`,
    removed: (name) => `${name} n’est plus dans votre classement.`,
  },
  identity: {
    title: "Qui êtes-vous\u202f?",
    why: "Ces renseignements montrent que vous êtes sur la liste électorale. Ils ne sont jamais conservés avec votre choix.",
    wrong: "Il y a une erreur ici. Comparez avec votre carte.",
    summary: "Certains champs sont à revoir.",
    review: "Vérifier mon choix",
  },
  review: {
    title: "Est-ce bien votre choix\u202f?",
    question: "À la question",
    answer: "vous répondez",
    region: "Dans la région",
    candidate: "vous votez pour",
    candidates: (names) => `vous votez pour ${plural(names, "nom", "noms")}`,
    ranking: "vous classez",
    blank: "un bulletin blanc",
    seal: "Votre choix est scellé sur cet appareil. Personne ne peut le lire avant le dépouillement, et personne ne peut voir que c’était le vôtre.",
    final: "Une fois dans l’urne, il ne peut plus être modifié.",
    change: "Modifier mon choix",
    cast: "Déposer mon bulletin",
  },
};

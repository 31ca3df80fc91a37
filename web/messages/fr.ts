import { formatCount, formatRank, pluralOf } from "#web/format.ts";
import type { Messages } from "#web/messages/en.ts";
import { monitorFr } from "#web/messages/monitor-fr.ts";

const count = (value: number): string => formatCount("fr", value);
const plural = (value: number, one: string, other: string): string =>
  `${count(value)} ${pluralOf("fr", value, { one, other })}`;

/** Tous les textes du site en français. Espaces insécables : \u00a0 devant le deux-points, \u202f devant ; et ?. */
export const fr: Messages = {
  site: {
    name: "Scrutin",
    skip: "Aller au contenu",
    home: "Les votes en cours",
    language: "Langue",
    footer: "Votre choix est scellé sur votre appareil. Tout le monde peut vérifier le compte.",
    loading: "Un instant",
  },
  failure: {
    title: "Cette page n’a pas pu être chargée",
    unreachable: "Le service de vote ne répond pas. Rien de ce que vous avez fait n’est perdu.",
    retry: "Réessayer",
    notFoundTitle: "Il n’y a rien à cette adresse",
    notFound: "Le lien est peut-être incomplet ou ancien. Les votes en cours sont à la première page.",
    unknownElection: "Ce vote n’existe pas. Le lien est peut-être incomplet ou ancien.",
    toHome: "Voir les votes en cours",
  },
  home: {
    title: "Les votes en cours",
    open: "Ouverts",
    upcoming: "À venir",
    closed: "Terminés",
    nothing: "Aucun vote n’est en cours.",
    opens: (when, distance) => `Ouvre ${distance}, le ${when}`,
    closes: (when, distance) => `Ferme ${distance}, le ${when}`,
    closedOn: (when) => `Fermé depuis le ${when}`,
    vote: "Voter",
    results: "Résultats",
    about: (link, title) => `${link}\u00a0: ${title}`,
    kind: { referendum: "Référendum", single_choice: "Élection", ranked_choice: "Élection par classement" },
  },
  vote: {
    step: (step, steps) => `Étape ${step} sur ${steps}`,
    back: "Retour",
    next: "Continuer",
    opensOn: (when) => `Le vote ouvre le ${when}. Revenez alors\u00a0: ce même lien mène à votre bulletin.`,
    closedOn: (when) => `Le vote a pris fin le ${when}. Les résultats sont, ou seront, à la page des résultats.`,
    notOpenTitle: "Le vote n’est pas encore ouvert",
    closedTitle: "Le vote est terminé",
    seeResults: "Voir les résultats",
  },
  region: {
    title: "Où votez-vous\u202f?",
    hint: "Votre région figure sur votre carte d’électeur.",
    missing: "Choisissez votre région pour continuer.",
    change: "Changer de région",
  },
  ballot: {
    hintLaw: "Cochez une case.",
    hintSingle: "Cochez un nom.",
    hintRanked: (most) =>
      `Classez les personnes candidates selon votre préférence, ${plural(most, "nom", "noms")} au plus. Un seul suffit.`,
    yes: "Oui",
    no: "Non",
    blank: "Bulletin blanc",
    blankHint: "Il est compté, sans voix pour personne.",
    independent: "Sans parti",
    missing: "Remplissez votre bulletin pour continuer.",
  },
  ranked: {
    yours: "Votre classement",
    others: "Non classés",
    empty: "Personne encore. Choisissez un nom ci-dessous pour le mettre au premier rang.",
    rank: (rank) => `Classer ${formatRank("fr", rank)}`,
    rankOf: (name) => `Rang de ${name}`,
    up: (name) => `Monter ${name}`,
    down: (name) => `Descendre ${name}`,
    remove: (name) => `Retirer ${name} du classement`,
    full: (most) => `Votre classement compte ${plural(most, "nom", "noms")}, le plus que prenne ce bulletin.`,
    placed: (name, rank) => `${name} est maintenant votre ${formatRank("fr", rank)} choix.`,
    removed: (name) => `${name} n’est plus dans votre classement.`,
  },
  identity: {
    title: "Qui êtes-vous\u202f?",
    why: "Ces renseignements montrent que vous êtes sur la liste électorale. Ils ne sont jamais gardés avec votre choix.",
    missing: "Remplissez ce champ.",
    pattern: "Il y a une erreur ici. Comparez avec votre carte.",
    summary: "Certains champs sont à revoir.",
    review: "Vérifier mon choix",
  },
  review: {
    title: "Est-ce bien votre choix\u202f?",
    question: "À la question",
    answer: "vous répondez",
    region: "Dans la région",
    candidate: "vous votez pour",
    ranking: "vous classez",
    blank: "un bulletin blanc",
    seal: "Votre choix est scellé sur cet appareil. Personne ne peut le lire avant le dépouillement, et personne ne peut voir que c’était le vôtre.",
    final: "Une fois dans l’urne, il ne peut plus être changé.",
    change: "Changer mon choix",
    cast: "Déposer mon bulletin",
  },
  stub: {
    sealing: "Votre bulletin est en train d’être scellé",
    sending: "Votre bulletin scellé est en route",
    offline:
      "Pas de connexion. Votre bulletin scellé reste sur cette page et partira dès que vous serez de nouveau en ligne.",
    busy: "Le service de vote est très demandé. Votre bulletin scellé reste sur cette page et partira de lui-même dans un moment\u202f; il ne compte qu’une fois, même envoyé plusieurs fois.",
    keepOpen: "Gardez cette page ouverte jusque-là.",
    waitingTitle: "Votre bulletin est en route",
    queuedTitle: "Votre bulletin est dans la file",
    queued: "Vous pouvez fermer cette page\u202f; il sera compté.",
    slow: "La file est plus longue que d’habitude. Votre place y est gardée, et c’est l’heure du dépôt qui compte.",
    acceptedTitle: "Votre bulletin est dans l’urne",
    accepted: "Il est compté avec les autres en quelques secondes.",
    duplicateTitle: "Vous aviez déjà voté",
    duplicate:
      "Un bulletin de vous était déjà dans l’urne. Celui-ci, le second, n’a pas été compté\u202f; le premier demeure.",
    attempts: (attempts) =>
      `${plural(attempts, "bulletin a été reçu", "bulletins ont été reçus")} de vous, le premier compris.`,
    duplicateAdvice:
      "Si vous n’avez pas déposé le premier, appelez le bureau des élections, au numéro inscrit sur votre carte d’électeur.",
    invalidTitle: "Ce bulletin n’a pas été compté",
    invalid: {
      "unknown-credentials":
        "Nous n’avons pas trouvé ces renseignements sur la liste électorale. Vérifiez chacun d’eux, ou appelez le bureau des élections, au numéro inscrit sur votre carte d’électeur\u202f; votre droit de vote reste entier.",
      "wrong-region":
        "Vous êtes sur la liste d’une autre région. Regardez la région inscrite sur votre carte d’électeur et votez là\u202f; votre droit de vote reste entier.",
    },
    checkAgain: "Revoir ce que j’ai écrit",
    refusedTitle: "Ce bulletin n’a pas été pris",
    refused: "Le service de vote n’a pas pris ce bulletin. Votre droit de vote reste entier.",
    unsealableTitle: "Ce navigateur ne peut pas sceller un bulletin",
    unsealable: "Rien n’a été envoyé. Mettez votre navigateur à jour ou prenez-en un autre, et votez de là.",
    trackingCode: "Code de suivi",
    trackingHint:
      "Gardez-le\u00a0: il vous permet de vérifier que ce bulletin est dans l’urne, inchangé. Il ne dit pas ce que vous avez voté.",
    copy: "Copier",
    copied: "Copié.",
    print: "Imprimer",
    alteredTitle: "Ne vous fiez pas à ce bulletin",
    altered: (sealed, received) =>
      `Vous avez scellé le bulletin ${sealed}, mais le serveur dit avoir reçu le bulletin ${received}. Il a peut-être été modifié en chemin. Notez les deux codes et appelez le bureau des élections.`,
  },
  results: {
    title: (title) => `Résultats\u00a0: ${title}`,
    region: "Région",
    allRegions: "Toutes les régions",
    votes: (votes) => `${count(votes)} voix`,
    leading: "En tête",
    most: "Le plus de voix",
    firstChoices: "Premiers choix seulement. Chaque région compte ses propres tours.",
    firstChoicesAndRounds: "Voici les premiers choix. Ce sont les tours ci-dessous qui décident.",
    outcome: {
      adopted: "La loi est adoptée.",
      rejected: "La loi est rejetée.",
      "quorum-not-reached":
        "Trop peu de personnes ont voté\u00a0: le quorum n’est pas atteint, et la loi n’est pas adoptée.",
      undecided: "Rien n’est décidé avant la fin du vote.",
    },
    majority: {
      "more-than": (share) =>
        `Pour être adoptée, la loi doit recueillir plus de ${share} de Oui parmi les voix exprimées.`,
      "at-least": (share) =>
        `Pour être adoptée, la loi doit recueillir au moins ${share} de Oui parmi les voix exprimées.`,
    },
    quorum: (share) => `Au moins ${share} des personnes inscrites doivent voter.`,
    none: "Aucune voix n’est encore comptée.",
    turnout: "Participation",
    turnoutOf: (ballots, onRoll) =>
      `${plural(ballots, "bulletin", "bulletins")} pour ${plural(onRoll, "personne", "personnes")} sur la liste`,
    total: "Voix exprimées",
    blank: "Bulletins blancs",
    spoiled: "Bulletins rejetés",
    counted: (clock) => `Compté à ${clock}`,
    changed: (clock) => `Les chiffres ont changé pour la dernière fois à ${clock}`,
    byItself: "Cette page se met à jour d’elle-même.",
    stale:
      "Pas de connexion\u00a0: ces chiffres sont peut-être anciens. Ils se mettront à jour dès votre retour en ligne.",
    withheldTitle: "Pas encore publié",
    withheld: {
      "not-open": (opens) => `Le vote ouvre le ${opens}.`,
      "after-vote": (_opens, closes) =>
        `Tant que le vote est ouvert, ce résultat se montre à qui a voté\u00a0: déposez votre bulletin, puis revenez ici quand il est dans l’urne, sans fermer la page. Tout le monde le verra à la fin du vote, le ${closes}.`,
      "after-close": (_opens, closes) =>
        `Ce résultat est publié à la fin du vote, le ${closes}, pour n’influencer personne.`,
      "minimum-ballots": (_opens, _closes, minimum) =>
        `Moins de ${plural(minimum, "bulletin est compté", "bulletins sont comptés")} ici. Un petit compte pourrait trahir un vote\u202f; il est montré à partir de ce nombre.`,
    },
    regionsWithheld: (names) => `Hors du total, faute d’assez de bulletins pour l’instant\u00a0: ${names}.`,
    vote: "Voter",
  },
  seats: {
    won: "Sièges",
    leading: "Sièges, selon les bulletins comptés jusqu’ici",
    elected: "Élu ou élue",
    party: "Parti",
    tie: (names) => `Égalité\u00a0: ${names}`,
    of: (party, seats) => `${party}\u00a0: ${plural(seats, "siège", "sièges")}`,
  },
  rounds: {
    title: "Tour par tour",
    final: {
      elected: (name) => `${name} remporte l’élection.`,
      tie: (names) =>
        `${names} sont à égalité, et aucune règle ne les départage\u00a0: personne ne remporte l’élection.`,
      "no-ballots": () => "Personne ne remporte l’élection\u00a0: aucun bulletin ne classe qui que ce soit.",
    },
    soFar: {
      elected: (name) => `Selon les bulletins comptés jusqu’ici, ${name} remporterait l’élection.`,
      tie: (names) => `Selon les bulletins comptés jusqu’ici, ${names} sont à égalité.`,
      "no-ballots": () => "Aucun bulletin n’est encore compté.",
    },
    candidate: "Candidature",
    round: (round) => `Tour ${count(round)}`,
    out: "Hors course",
    exhausted: "Bulletins épuisés",
    threshold: "Voix requises",
    eliminated: (name) => `${name} est hors course.`,
    transfers: (list) => `Les bulletins vont à\u00a0: ${list}.`,
    transfer: (name, votes) => `${name} (${count(votes)})`,
    byEarlierRound: (names, round) => `Égalité entre ${names}, rompue par leurs voix au tour ${count(round)}.`,
    byLot: (names) => `Égalité entre ${names}, rompue par le tirage au sort fait avant l’élection.`,
  },
  monitor: monitorFr,
};

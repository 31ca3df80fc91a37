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
    pages: "Pages du site",
    check: "Vérifier mon bulletin",
    monitor: "Le dépouillement en direct",
    text: { help: "Aide", privacy: "Vie privée", accessibility: "Accessibilité" },
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
    opens: (distance) => `Ouvre ${distance}`,
    closes: (distance) => `Ferme ${distance}`,
    left: (time) => `Il reste ${time}`,
    lessThanAMinuteLeft: "Il reste moins d’une minute",
    untilOpening: (time) => `Ouvre dans ${time}`,
    opensInAMoment: "Ouvre dans moins d’une minute",
    opensOn: (when) => `Le vote ouvre le ${when}.`,
    closesOn: (when) => `Le vote ferme le ${when}.`,
    closedOn: (when) => `Le vote a pris fin le ${when}.`,
    turnout: (share) => `Participation\u00a0: ${share}`,
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
    order: (names) => `Votre ordre\u00a0: ${names}.`,
    nobody: "Vous n’avez classé personne.",
    move: (name) => `Glisser ${name}, ou déplacer avec les flèches`,
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
  waiting: {
    title: "Votre bulletin scellé est toujours là",
    what: (clock) =>
      `Un bulletin a été scellé ici à ${clock}, et la page a été rechargée avant que le service de vote l’ait confirmé.`,
    send: "Qui vous êtes n’est jamais gardé\u00a0: écrivez-le encore une fois. C’est le même bulletin qui part\u202f; s’il était arrivé malgré tout, il ne compte qu’une fois.",
    sendIt: "Envoyer ce bulletin",
    throwAway: "Le jeter",
    notYours: "S’il n’est pas à vous, jetez-le. Si la personne l’avait déjà envoyé, il est compté quand même.",
    lead: "vous déposez le bulletin",
    sealed: (clock) => `scellé à ${clock}`,
  },
  office: "le bureau des élections, au numéro inscrit sur votre carte d’électeur",
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
    unheard: "Pas de connexion pour l’instant, donc pas de nouvelles. Votre bulletin est arrivé malgré tout.",
    castAt: (cast, asked) => `Déposé à ${cast}, vérifié à ${asked}\u00a0: toujours dans la file.`,
    resume:
      "Pour voir la suite plus tard, gardez un lien vers cette page, et gardez-le pour vous\u00a0: il mène à votre reçu.",
    copyLink: "Copier le lien",
    acceptedTitle: "Votre bulletin est dans l’urne",
    accepted: "Il est compté avec les autres en quelques secondes.",
    duplicateTitle: "Vous aviez déjà voté",
    duplicate:
      "Un bulletin de vous était déjà dans l’urne. Celui-ci, le second, n’a pas été compté\u202f; le premier demeure.",
    first: (when) => `Le premier a été reçu le ${when}.`,
    attempts: (attempts) =>
      `${plural(attempts, "bulletin a été reçu", "bulletins ont été reçus")} de vous, le premier compris.`,
    duplicateAdvice: (contact) =>
      `Si vous avez déposé le premier, tout va bien\u00a0: il n’y a rien à faire. Sinon, appelez ${contact}.`,
    invalidTitle: "Ce bulletin n’a pas été compté",
    unmatched: (fields) =>
      `Nous n’avons pas trouvé ceci sur la liste électorale\u00a0: ${fields}. Comparez le tout avec votre carte\u202f; nous ne disons pas où est l’erreur, pour que personne ne trouve le reste en essayant.`,
    wrongRegion:
      "Vous êtes sur la liste d’une autre région. Regardez la région inscrite sur votre carte d’électeur et votez là\u202f; votre droit de vote reste entier.",
    unmatchedAdvice: (contact) =>
      `Si tout est conforme à votre carte, appelez ${contact}. Votre droit de vote reste entier.`,
    checkAgain: "Revoir ce que j’ai écrit",
    refusedTitle: "Ce bulletin n’a pas été pris",
    refused: "Le service de vote n’a pas pris ce bulletin. Votre droit de vote reste entier.",
    unsealableTitle: "Ce navigateur n’a pas pu sceller le bulletin",
    unsealable:
      "Rien n’a été envoyé. Rechargez cette page\u202f; si cela ne suffit pas, mettez votre navigateur à jour ou prenez-en un autre, et votez de là.",
    unknownTitle: "Pas de nouvelles de ce bulletin",
    unknown: (contact) =>
      `Le service de vote ne connaît pas ce lien. Il est peut-être incomplet\u00a0: copiez-le en entier. Avec un code de suivi, vous pouvez vérifier si un bulletin est dans l’urne\u202f; dans le doute, appelez ${contact}.`,
    done: "J’ai terminé",
    doneHint:
      "Sur un appareil que d’autres utilisent, choisissez «\u00a0J’ai terminé\u00a0»\u00a0: rien de votre bulletin n’y reste.",
    alteredTitle: "Ne vous fiez pas à ce bulletin",
    altered: (sealed, received, contact) =>
      `Vous avez scellé le bulletin ${sealed}, mais le serveur dit avoir reçu le bulletin ${received}. Il a peut-être été modifié en chemin. Notez les deux codes et appelez ${contact}.`,
  },
  receipt: {
    trackingCode: "Code de suivi",
    hint: "Gardez-le\u00a0: il vous permet de vérifier que ce bulletin est dans l’urne, inchangé.",
    secret: {
      public:
        "Gardez-le pour vous\u00a0: après le vote, quand l’urne sera publiée pour que tout le monde puisse recompter, ce code mènera à votre choix.",
      auditors: "Il ne dit pas ce que vous avez voté.",
    },
    copy: "Copier",
    copied: "Copié.",
    notCopied: "Ce navigateur n’a pas permis de copier. Notez le code, ou imprimez-le.",
    print: "Imprimer",
    download: "Télécharger",
    qr: "Code QR de la page qui vérifie ce bulletin",
    check: "Vérifier mon bulletin",
    file: (title, code, address) =>
      `${title}\n\nCode de suivi\u00a0: ${code}\n\nVérifier que ce bulletin est dans l’urne\u00a0:\n${address}\n`,
  },
  check: {
    title: "Vérifier mon bulletin",
    why: "Écrivez le code de suivi de votre reçu pour voir si votre bulletin est dans l’urne.",
    code: "Code de suivi",
    hint: "20 lettres et chiffres, en majuscules ou non, avec ou sans espaces.",
    privacy:
      "Le code va au service de vote et à personne d’autre. Il n’y est pas gardé, et il ne dit pas qui vous êtes.",
    invalid:
      "Un code de suivi compte 20 caractères\u00a0: des lettres de A à Z et des chiffres de 2 à 7. Comparez avec votre reçu.",
    look: "Le chercher",
    again: "Chercher de nouveau",
    looking: "Recherche dans l’urne",
    inTheBoxTitle: "Votre bulletin est dans l’urne",
    inTheBox: (title) =>
      `Il a été déposé dans ce vote\u00a0: ${title}. Il s’y trouve tel que vous l’avez scellé, et il est compté.`,
    notYetTitle: "Pas encore",
    notYet: "Votre bulletin est dans la file. Il sera compté\u202f; cherchez de nouveau dans un moment.",
    soon: "Votre bulletin est accepté. La liste où cherche cette page le montrera d’ici une minute.",
    absentTitle: "Pas dans l’urne",
    mayComeTitle: "Pas encore dans l’urne",
    mayCome:
      "Aucun bulletin de ce code ne s’y trouve. Si vous venez de le déposer, cherchez de nouveau dans une minute.",
    absent: "Aucun bulletin de ce code n’est dans l’urne.",
    compare: "Comparez chaque caractère avec votre reçu\u00a0: G et 6, S et 5, Z et 2 se ressemblent.",
    advice: (contact) =>
      `Si le code est juste et que votre reçu disait que votre bulletin est dans l’urne, appelez ${contact}, ce code en main.`,
  },
  results: {
    title: (title) => `Résultats\u00a0: ${title}`,
    region: "Région",
    allRegions: "Toutes les régions",
    votes: (votes) => `${count(votes)} voix`,
    status: {
      open: (closes) =>
        `Le vote est ouvert jusqu’au ${closes}. Ces chiffres changent à mesure que les bulletins arrivent.`,
      closed: (closes) => `Le vote a pris fin le ${closes}. Seul le résultat certifié est définitif.`,
    },
    forVoters: "Vous voyez ceci parce que votre bulletin est dans l’urne. Tout le monde le verra à la fin du vote.",
    leading: "En tête",
    level: "À égalité",
    most: "Le plus de voix",
    byParty: "Voix par parti",
    byCandidate: "Voix par personne candidate",
    byVotes: "Le plus de voix d’abord.",
    outOfOrder: "L’ordre a changé.",
    sort: "Remettre dans l’ordre des voix",
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
    needed: "Le trait sur sa barre marque cette part.",
    hasMajority: (share, isEnough) => `Le Oui a ${share}\u00a0: ${isEnough ? "c’est assez" : "ce n’est pas assez"}.`,
    hasQuorum: (share, isEnough) => `${share} ont voté\u00a0: ${isEnough ? "c’est assez" : "ce n’est pas assez"}.`,
    none: "Aucune voix n’est encore comptée.",
    turnout: "Participation",
    turnoutOf: (ballots, onRoll) =>
      `${plural(ballots, "bulletin", "bulletins")} pour ${plural(onRoll, "personne", "personnes")} sur la liste`,
    total: "Voix exprimées",
    blank: "Bulletins blancs",
    spoiled: "Bulletins rejetés",
    changed: (clock) => `Dernier changement à ${clock}`,
    unchanged: (clock) => `Aucun changement depuis votre arrivée, à ${clock}`,
    counted: (instant) => `Compté le ${instant}.`,
    byItself: "Cette page se met à jour d’elle-même.",
    announced: {
      leads: (name) => `En tête maintenant\u00a0: ${name}.`,
      votes: (name, votes, share) => `${name}\u00a0: ${count(votes)} voix, ${share}.`,
      turnout: (share) => `Participation\u00a0: ${share}.`,
    },
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
    steps: (minimum) =>
      `D’ici là, la participation est donnée par tranches de ${plural(minimum, "bulletin", "bulletins")}.`,
    regionsWithheld: (names) => `Hors du total, faute d’assez de bulletins pour l’instant\u00a0: ${names}.`,
    vote: "Voter",
  },
  seats: {
    won: "Sièges",
    leading: "Sièges, selon les bulletins comptés jusqu’ici",
    elected: "Élu ou élue",
    tie: (names) => `Égalité\u00a0: ${names}`,
    count: (seats) => plural(seats, "siège", "sièges"),
  },
  chart: {
    title: "La participation au fil du temps",
    none: "Il n’y a encore aucun bulletin dans l’urne.",
    summary: (from, until, share) =>
      `La ligne de la participation, de ${from} à ${until}, où elle atteint ${share}. Le tableau ci-dessous dit la même chose.`,
    table: "La participation au fil du temps, en tableau",
    until: "Jusqu’à",
    ballots: "Bulletins",
  },
  download: {
    title: "Emporter ces chiffres",
    csv: "Télécharger en CSV",
    json: "Télécharger en JSON",
    print: "Imprimer",
  },
  rounds: {
    title: "Tour par tour",
    one: "Un seul tour a suffi\u00a0: personne n’a été éliminé.",
    picture: (rounds) =>
      `Une image de ${plural(rounds, "tour", "tours")}\u00a0: combien de voix chaque personne a dans chacun, et vers qui vont les voix de qui est hors course. Le tableau et les phrases ci-dessous disent la même chose.`,
    key: "Chaque bande est aussi large que ses voix. Là où une bande s’arrête, la personne est hors course et ses bulletins vont à leur choix suivant. Le tireté marque les voix requises.",
    table: "Voix à chaque tour",
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

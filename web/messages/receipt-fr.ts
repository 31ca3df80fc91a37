import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { ReceiptMessages } from "#web/messages/receipt-en.ts";

const { plural } = countsIn("fr");

export const receiptFr: ReceiptMessages = {
  waiting: {
    title: "Votre bulletin scellé est toujours là",
    what: (clock) =>
      `Un bulletin a été scellé ici à ${clock}, et la page a été rechargée avant que le service de vote l’ait confirmé.`,
    send: "Vos renseignements ne sont jamais conservés\u00a0: saisissez-les de nouveau. Le même bulletin est envoyé\u202f; même s’il était déjà arrivé, il ne compte qu’une fois.",
    sendIt: "Envoyer ce bulletin",
    throwAway: "Le jeter",
    notYours: "S’il n’est pas à vous, jetez-le. Si la personne l’a déjà envoyé, il compte quand même.",
    lead: "vous déposez le bulletin",
    sealed: (clock) => `scellé à ${clock}`,
  },
  stub: {
    sealing: "Votre bulletin est en train d’être scellé",
    sending: "Votre bulletin scellé est en route",
    offline:
      "Pas de connexion. Votre bulletin scellé reste sur cette page et sera envoyé dès que vous serez de nouveau en ligne.",
    busy: "Le service de vote est très sollicité. Votre bulletin scellé reste sur cette page et sera renvoyé dans un moment\u202f; il ne compte qu’une fois, même envoyé plusieurs fois.",
    challenged:
      "Beaucoup de bulletins viennent de votre réseau\u202f; le service veut voir qu’un navigateur envoie le vôtre. Ouvrez aussi cette page dans un second onglet\u202f; votre bulletin scellé partira ensuite d’ici tout seul.",
    keepOpen: "Gardez cette page ouverte jusque-là.",
    waitingTitle: "Votre bulletin est en route",
    queuedTitle: "Votre bulletin est dans la file",
    queued: "Vous pouvez fermer cette page\u202f; il sera compté.",
    slow: "La file est plus longue que d’habitude. Votre place y est conservée, et c’est l’heure du dépôt qui compte.",
    unheard: "Pas de connexion pour l’instant, donc pas de nouvelles. Votre bulletin est arrivé malgré tout.",
    castAt: (cast, asked) => `Déposé à ${cast}, vérifié à ${asked}\u00a0: toujours dans la file.`,
    resume:
      "Pour voir la suite plus tard, conservez un lien vers cette page, et gardez-le pour vous\u00a0: il mène à votre reçu.",
    copyLink: "Copier le lien",
    acceptedTitle: "Votre bulletin est dans l’urne",
    accepted: "Il est compté avec les autres en quelques secondes.",
    duplicateTitle: "Vous aviez déjà voté",
    duplicate:
      "Un bulletin de vous était déjà dans l’urne. Celui-ci n’a pas été compté\u202f; le premier reste valable.",
    attempts: (attempts) =>
      `${plural(attempts, "bulletin a été reçu", "bulletins ont été reçus")} de vous, le premier compris.`,
    duplicateAdvice: (contact) =>
      sentences`Si vous avez déposé le premier, tout va bien\u00a0: il n’y a rien à faire. Sinon, appelez ${contact}.`,
    invalidTitle: "Ce bulletin n’a pas été compté",
    unmatched: (fields) =>
      sentences`Nous n’avons pas trouvé ceci sur la liste électorale\u00a0: ${fields}. Comparez le tout avec votre carte\u202f; nous ne disons pas où est l’erreur, pour que personne ne devine le reste.`,
    wrongRegion:
      "Vous êtes sur la liste d’une autre région. Regardez la région inscrite sur votre carte d’électeur et votez là\u202f; votre droit de vote reste entier.",
    unmatchedAdvice: (contact) =>
      sentences`Si tout est conforme à votre carte, appelez ${contact}. Votre droit de vote reste entier.`,
    struckAdvice: (contact) => `Si cela vous étonne, appelez ${contact} avant la fin du vote.`,
    checkAgain: "Revoir ma saisie",
    refusedTitle: "Ce bulletin a été refusé",
    refused: "Le service de vote a refusé ce bulletin. Votre droit de vote reste entier.",
    unsealableTitle: "Le bulletin ne peut pas être scellé ici",
    unsealable:
      "Rien n’a été envoyé. Rechargez cette page\u202f; si cela ne suffit pas, mettez votre navigateur à jour ou votez avec un autre.",
    unknownTitle: "Ce bulletin est introuvable",
    unknown: (contact) =>
      sentences`Le service de vote ne connaît pas ce lien. Il est peut-être incomplet\u00a0: copiez-le en entier. Avec un code de suivi, vous pouvez vérifier si un bulletin est dans l’urne\u202f; dans le doute, appelez ${contact}.`,
    done: "J’ai terminé",
    doneHint:
      "Sur un appareil que d’autres utilisent, choisissez «\u00a0J’ai terminé\u00a0»\u00a0: il n’y restera rien de votre bulletin.",
    alteredNoted: "J’ai noté les deux codes",
    unconfirmedTitle: "Votre bulletin n’est pas confirmé",
    unconfirmed: (contact) => sentences`Le service de vote nomme un autre bulletin que le vôtre. Appelez ${contact}.`,
    alteredTitle: "Ne vous fiez pas à ce bulletin",
    altered: (sealed, received, contact) =>
      sentences`Vous avez scellé le bulletin ${sealed}, mais le serveur dit avoir reçu le bulletin ${received}. Il a peut-être été modifié en chemin. Notez les deux codes et appelez ${contact}.`,
  },
  receipt: {
    another: "Un autre vote est ouvert\u00a0:",
    castOn: (when) => `Déposé le ${when}`,
    address: (address) => `Ce code permet de vérifier le bulletin à l’adresse ${address}`,
    trackingCode: "Code de suivi",
    hint: "Gardez-le\u00a0: il vous permet de vérifier que ce bulletin est dans l’urne, inchangé.",
    secret: {
      public:
        "Gardez-le pour vous\u00a0: après le vote, quand l’urne sera publiée pour que tout le monde puisse recompter, ce code mènera à votre choix.",
      auditors: "Il ne dit pas comment vous avez voté.",
    },
    copy: "Copier",
    copied: "Copié.",
    notCopied: "Ce navigateur n’a pas permis de copier. Notez le code, ou imprimez-le.",
    print: "Imprimer",
    download: "Télécharger",
    qr: "Code QR de la page qui vérifie ce bulletin",
    check: "Vérifier mon bulletin",
    file: (title, when, code, address) =>
      `${title}\n${when}\nCode de suivi\u00a0: ${code}\n\nVérifier que ce bulletin est dans l’urne\u00a0:\n${address}\n`,
  },
};

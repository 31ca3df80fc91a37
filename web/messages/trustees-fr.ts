import { sentences } from "#core/sentences.ts";
import type { TrusteesMessages } from "#web/messages/trustees-en.ts";

export const trusteesFr: TrusteesMessages = {
  words: {
    title: "Six mots à comparer",
    why: "Les dépositaires de la clé ont lu ces six mots à voix haute le jour où ils l’ont créée. S’ils ont publié les mêmes, votre bulletin est scellé pour leur clé et aucune autre.",
  },
  identity:
    "Le code de votre carte donne, sur cet appareil, une clé qui signe votre bulletin. Ni le numéro ni le code ne sont envoyés à qui que ce soit.",
  seal: "Votre choix est scellé sur cet appareil. Personne ne peut ouvrir un bulletin seul\u00a0: après le vote, les dépositaires les ouvrent tous ensemble, mélangés.",
  toSeal: "Sceller mon bulletin",
  sealing: "Votre bulletin est en train d’être scellé",
  sealedTitle: "Votre bulletin est scellé",
  sealed: "Rien n’est encore envoyé. Gardez ce code de suivi\u00a0: notez-le, ou lisez-le avec un second appareil.",
  codeQr: "Code QR du code de suivi, pour la page qui vérifie les appareils",
  sayTest:
    "Vous pouvez déposer ce bulletin, ou vous en servir pour vérifier que cet appareil a fait ce que vous vouliez. Un bulletin de vérification est ouvert et n’est jamais compté\u202f; vous en remplissez ensuite un autre.",
  cast: "Déposer mon bulletin",
  test: "Vérifier cet appareil",
  opening: "Le bulletin est en train d’être ouvert pour la vérification",
  openedTitle: "Ce bulletin est ouvert",
  opened: "Il ne sert qu’à la vérification et ne peut plus être déposé. Votre droit de vote reste entier.",
  steps: [
    "Sur un second appareil, qui a déjà le code de suivi, lisez ce code ou ouvrez le lien.",
    "Il refait le bulletin, et montre un choix et un code de suivi.",
    "Les deux doivent être les vôtres. Sinon, ne votez pas sur cet appareil.",
  ],
  openedQr: "Code QR du lien qui ouvre ce bulletin sur un second appareil",
  openedLink: "Copier le lien",
  openedSecret: "Le lien montre ce choix de vérification à quiconque l’a en main.",
  testPage: "La page qui vérifie les appareils",
  testPageElsewhere:
    "C’est un seul fichier, que partis et journaux peuvent offrir aussi. Les dépositaires ont signé d’avance son SHA-256\u00a0:",
  again: "Remplir un nouveau bulletin",
  notOnRoll:
    "Cette carte n’est pas sur la liste électorale de ce vote. Comparez le numéro et le code avec ceux de la carte.",
  notOnRollAdvice: (contact) =>
    sentences`S’ils sont conformes à votre carte, appelez ${contact}. Votre droit de vote reste entier.`,
  otherRegion:
    "Cette carte est celle d’une autre région. Votez dans la région qui y est inscrite\u202f; votre droit de vote reste entier.",
  proof: {
    title: "La preuve qu’il a été reçu",
    what: "Le service de vote a signé qu’il a ce bulletin. Si le bulletin venait à manquer dans l’urne, ce fichier le prouverait. Il ne dit pas comment vous avez voté.",
    save: "Enregistrer la preuve",
  },
  accepted: "Il sera ouvert et compté avec tous les autres après le vote.",
  faults: {
    title: "On ne peut pas voter sur cette page",
    question: (contact) =>
      sentences`La question posée ici n’est pas celle que les dépositaires ont signée avant le vote. Rien n’a été envoyé. Appelez ${contact}.`,
    ceremony: (contact) =>
      sentences`La clé de cette page n’est pas celle que les dépositaires ont créée et signée. Rien n’a été envoyé. Appelez ${contact}.`,
  },
  check: {
    title: "Ce que prouve ce code",
    proves:
      "Un code présent dans l’urne montre que votre bulletin y est, tel que vous l’avez scellé. Il ne dit à personne comment vous avez voté, pas même à vous\u00a0: les bulletins sont mélangés avant d’être ouverts.",
    tested: "Un bulletin ouvert pour vérifier un appareil n’est jamais dans l’urne.",
    card: "Une fois le résultat certifié, chacun, même sans avoir voté, peut vérifier carte en main si elle a servi à voter\u00a0:",
    command: (bundle) => `scrutin verify ${bundle}/ --card NUMÉRO`,
    asks: "La commande demande le code de la carte et ne l’envoie nulle part.",
  },
};

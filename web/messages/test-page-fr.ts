import type { TestPageMessages } from "#web/messages/test-page-en.ts";

export const testPageFr: TestPageMessages = {
  name: "Vérifier un appareil de vote",
  other: "English",
  lead: "Une personne s’apprête à voter sur un autre appareil et veut savoir s’il fait ce qu’elle lui demande. Cette page le dit, sur un appareil dont l’autre ne sait rien. Elle n’envoie rien.",
  codeTitle: "1. Le code de suivi",
  code: "Code de suivi montré par l’autre appareil",
  codeHint: "Avant la vérification\u00a0: 20 lettres et chiffres. Lire son code QR le remplit.",
  codeFault: "Un code de suivi a 20 lettres et chiffres\u00a0: de A à Z et de 2 à 7. Comparez avec l’autre appareil.",
  linkTitle: "2. Le bulletin ouvert",
  link: "Lien montré par l’autre appareil après «\u00a0Vérifier cet appareil\u00a0»",
  linkHint: "Lisez son code QR, ou collez le lien ici.",
  linkFault: "Ce n’est pas le lien entier d’un bulletin ouvert. Copiez-le en entier, ou relisez le code QR.",
  compare: "Comparer",
  file: "La question posée aux électeurs",
  fileHint:
    "Le lien ne la contient pas, car elle est longue. Choisissez le fichier question.json que les dépositaires ont publié avec leur clé.",
  fileFault: "Ce fichier n’est pas la question de ce vote.",
  sameTitle: "Voici ce que l’appareil a scellé",
  same: (code) =>
    `Le bulletin a été refait, et il a le même code de suivi\u00a0: ${code}. Si c’est bien le choix qui a été fait, l’appareil a obéi.`,
  ask: "Si ce n’est pas le choix qui a été fait, l’appareil a changé le vote. N’y votez pas, et appelez le bureau des élections.",
  otherTitle: "Alerte\u00a0: l’appareil a menti",
  differs: (shown, made) =>
    `L’appareil a montré le code de suivi ${shown}, mais le bulletin qu’il a ouvert a le code ${made}. Il a ouvert un autre bulletin que celui qu’il a scellé. Ne votez pas sur cet appareil. Notez les deux codes, et appelez le bureau des élections.`,
  typed: "Si vous avez tapé le code, comparez-le d’abord encore une fois.",
  notABallot:
    "Ce lien ne donne aucun bulletin de ce vote. S’il a été copié en entier, l’appareil n’a pas ouvert ce qu’il a scellé\u00a0: n’y votez pas.",
  again: "Vérifier un autre bulletin",
  question: "À la question",
  answer: "le bulletin répond",
  vote: "Au vote",
  region: "Dans la région",
  says: "le bulletin dit",
  ranks: "le bulletin classe",
  yes: "Oui",
  no: "Non",
  blank: "Bulletin blanc",
  observers: "Pour les observateurs",
  digest: "SHA-256 de la question (ballotDigest dans ceremony.json)",
  key: "Clé publique (publicKey dans ceremony.json)",
  voterKey: "Clé de l’électeur, telle que sur la liste",
};

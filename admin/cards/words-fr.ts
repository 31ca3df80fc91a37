import type { LetterWords } from "#admin/cards/words-en.ts";
import { sentences } from "#core/sentences.ts";

export const wordsFr: LetterWords = {
  kind: "Carte d’électeur · personnelle et confidentielle",
  opens: "Ouverture du vote",
  closes: "Fin du vote",
  region: "Votre région",
  invitation:
    "Vous pouvez voter sur tout téléphone ou ordinateur connecté à Internet. Il suffit de quelques minutes, et personne ne peut voir votre choix.",
  code: "Votre code de vote",
  codeHint: "Majuscules et espaces sont sans importance.",
  steps: "Pour voter",
  open: "Ouvrez cette adresse, ou visez le carré avec l’appareil photo de votre téléphone.",
  checkRegion: (region) => sentences`Vérifiez que le bulletin est celui de votre région\u00a0: ${region}.`,
  mark: "Remplissez votre bulletin.",
  paper: (questions) => `Votre bulletin\u00a0: ${questions} questions`,
  markAll: "Remplissez le bulletin de chaque question.",
  identify: (labels) => `Inscrivez ${labels} et le code de vote ci-dessus, puis déposez votre bulletin.`,
  identifyByCode: "Inscrivez le code de vote ci-dessus, puis déposez votre bulletin.",
  field: (label) => `votre ${label}`,
  keep: "Gardez le reçu\u00a0: son code de suivi montre que votre bulletin est dans l’urne.",
  keepAll: "Gardez le reçu\u00a0: ses codes de suivi montrent que vos bulletins sont dans l’urne.",
  square: "Mène à votre bulletin",
  lost: "Si vous perdez cette lettre, ou si quelqu’un d’autre a vu le code",
  call: (contact) =>
    sentences`Appelez ${contact}. Vous recevrez un nouveau code, et celui ci-dessus ne sera plus valable.`,
  secret: "Gardez le code pour vous",
  secretHint:
    "Le bureau des élections ne vous le demandera jamais. Ne le donnez à personne et n’en publiez pas de photo\u00a0: c’est votre vote.",
  help: "Si vous avez besoin d’aide",
  helpHint: (contact, address) => sentences`Consultez ${address}, ou appelez ${contact}.`,
  otherLanguage: (contact) => sentences`Would you rather have this in English? Call ${contact}.`,
  number: (number) => `N° ${number}`,
};

import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { CheckMessages } from "#web/messages/check-en.ts";

const { count } = countsIn("fr");

export const checkFr: CheckMessages = {
  check: {
    why: "Saisissez le code de suivi de votre reçu pour voir si votre bulletin est dans l’urne.",
    code: "Code de suivi",
    hint: "20 lettres et chiffres, en majuscules ou non, avec ou sans espaces.",
    privacy: "Le code n’est envoyé qu’au service de vote. Il n’y est pas conservé, et il ne dit pas qui vous êtes.",
    wrongLength: (length) =>
      sentences`Un code de suivi compte 20 caractères\u202f; ${length === 0 ? "il n’y a rien encore" : `celui-ci en a ${count(length)}`}. Comparez avec votre reçu.`,
    wrongCharacter: (character) =>
      `«\u00a0${character}\u00a0» ne figure dans aucun code de suivi\u00a0: ils sont faits de lettres de A à Z et de chiffres de 2 à 7. Comparez avec votre reçu.`,
    look: "Le chercher",
    again: "Chercher de nouveau",
    looking: "Recherche dans l’urne",
    inTheBoxTitle: "Votre bulletin est dans l’urne",
    inTheBox: (title) =>
      sentences`Il a été déposé dans ce vote\u00a0: ${title}. Il est dans l’urne tel que vous l’avez scellé, et il est compté.`,
    inTheCancelledBox: (title) =>
      sentences`Il a été déposé dans ce vote\u00a0: ${title}. Il reste scellé\u00a0: ce vote est annulé, et aucun bulletin n’est compté.`,
    certifiedTitle: "Votre bulletin est dans l’urne certifiée",
    inTheCertifiedBox: (title) =>
      sentences`Il a été déposé dans ce vote\u00a0: ${title}. Le résultat est certifié, et votre bulletin est parmi ceux qui l’ont été.`,
    certified: {
      "set-aside": (title) =>
        sentences`Dans ce vote\u00a0: ${title}. Il a été mis de côté à la certification, comme un bulletin que personne n’a déposé.`,
      missing: (title) => sentences`Dans ce vote\u00a0: ${title}. Il n’est pas parmi les bulletins certifiés.`,
      unknown: (title) =>
        sentences`Dans ce vote\u00a0: ${title}. Le résultat est certifié, mais la liste des bulletins certifiés n’a pu être lue\u00a0: réessayez.`,
    },
    notYetTitle: "Pas encore",
    notYet: "Votre bulletin est dans la file. Il sera compté\u202f; cherchez de nouveau dans un moment.",
    soon: "Votre bulletin est accepté. D’ici une minute, il sera dans la liste que cette page consulte.",
    absentTitle: "Pas dans l’urne",
    mayComeTitle: "Pas encore dans l’urne",
    mayCome: "Aucun bulletin ne porte ce code. Si vous venez de le déposer, cherchez de nouveau dans une minute.",
    absent: "Aucun bulletin dans l’urne ne porte ce code.",
    compare: "Comparez chaque caractère avec votre reçu\u00a0: G et 6, S et 5, Z et 2 se ressemblent.",
    advice: (contact) =>
      `Si le code est juste et que votre reçu disait que votre bulletin est dans l’urne, appelez ${contact}, ce code en main.`,
  },
};

import type { Language } from "#core/language.ts";

/** The words of a certified result's files: few readers see them, so they come with that part, in both languages. */
const en = {
  title: "Certified: this result is final",
  fingerprint: "Fingerprint of the key that signed it",
  opening: "SHA-256 of the opening statement",
  root: "Merkle root of the ballot box",
  compare:
    "The fingerprint and the SHA-256 of the opening statement were published before voting opened: compare them with what was published elsewhere.",
  files: "Its files",
  check: "Check it yourself",
  howTo:
    "In a copy of Scrutin’s source, two commands count every ballot again and check every signature, with these files alone:",
  own: "Add --tracking and your tracking code to see whether your own ballot is in the box, and counted.",
};

const fr: typeof en = {
  title: "Certifié\u00a0: ce résultat est définitif",
  fingerprint: "Empreinte de la clé qui l’a signé",
  opening: "SHA-256 de l’énoncé d’ouverture",
  root: "Racine de Merkle de l’urne",
  compare:
    "L’empreinte et le SHA-256 de l’énoncé d’ouverture ont été publiés avant le vote\u00a0: comparez-les avec ce qui a été publié ailleurs.",
  files: "Ses fichiers",
  check: "Vérifiez vous-même",
  howTo:
    "Dans une copie du code source de Scrutin, deux commandes recomptent chaque bulletin et vérifient chaque signature, avec ces seuls fichiers\u00a0:",
  own: "Ajoutez --tracking et votre code de suivi pour voir si votre propre bulletin est dans l’urne, et compté.",
};

export const CERTIFIED_WORDS: Readonly<Record<Language, typeof en>> = { en, fr };

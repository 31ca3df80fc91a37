import type { SignInMessages } from "#web/messages/sign-in-en.ts";

export const signInFr: SignInMessages = {
  signInAll: (ballots) =>
    ballots === 1 ? "Me connecter et déposer mon bulletin" : `Me connecter et déposer ${ballots} bulletins`,
  leaving: (host) => `Mise sous scellé de votre bulletin, puis passage à ${host}`,
  how: (host) =>
    `La connexion se fait auprès de ${host}, qui apprend que vous votez et quand, mais jamais votre choix\u00a0: votre bulletin est scellé avant, et attend sur cet appareil.`,
  again: "Me reconnecter",
  notOnRoll:
    "Le compte utilisé ne figure pas sur la liste électorale de ce vote, ou pas dans cette région. Rien n’a été compté.",
  late: "La connexion a pris trop de temps, et votre bulletin scellé n’est plus là. Votre droit de vote reste entier.",
  mark: "Remplir de nouveau mon bulletin",
  lateTitle: "Rien n’a été déposé",
  comingBack: "Dépôt de votre bulletin",
  faults: {
    silent: (host) =>
      `${host} ne répond pas, et personne ne peut se connecter pour l’instant. Rien n’a été déposé, et votre bulletin est toujours là\u00a0: réessayez dans un moment.`,
    refused: () => "La connexion n’a pas été faite, et rien n’a été déposé. Votre bulletin scellé est toujours là.",
    offline: () =>
      "La connexion au réseau est coupée, et rien n’a été déposé. Votre bulletin scellé est toujours là\u00a0: reconnectez-vous dans un moment.",
    stray: () =>
      "Cette connexion n’était pas pour le bulletin de cette page. Rien n’a été déposé\u202f; reconnectez-vous.",
  },
};

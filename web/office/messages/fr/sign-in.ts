import { sentences } from "#core/sentences.ts";
import type { SignInWords } from "#web/office/messages/en/sign-in.ts";

export const signIn: SignInWords = {
  arriving: "Connexion en cours",
  leaving: "Un instant",
  signedOutTitle: "Votre session est fermée",
  signedOut: "Elle l’est sur tous vos appareils et dans tous les onglets. Pour revenir, il faudra se reconnecter.",
  again: "Se connecter",
  lapsedTitle: "Votre session a expiré",
  lapsed: "Ce que vous avez écrit ici est toujours là. Connectez-vous dans un autre onglet, puis revenez à celui-ci.",
  lapsedLink: "Se connecter dans un autre onglet",
  elsewhereTitle: "La connexion est rétablie",
  elsewhere: "Revenez à l’onglet d’où vous venez\u00a0: il continue de lui-même. Vous pouvez fermer celui-ci.",
  here: "Continuer plutôt ici",
  faultTitle: "La connexion n’a pas abouti",
  fault: {
    unreachable:
      "Le service de connexion ne répond pas. Patientez un instant, puis réessayez\u00a0: le vote, lui, continue.",
    refused:
      "La connexion a été refusée ou interrompue. Réessayez, ou adressez-vous à la personne qui gère les comptes du bureau.",
    clock:
      "L’horloge de cet appareil et celle du service de connexion diffèrent de plus d’une minute. Réglez l’appareil à l’heure, puis réessayez.",
    stray: "Cette réponse du service de connexion correspond à une autre demande. Recommencez à partir d’ici.",
    misconfigured:
      "Le service de connexion n’est pas réglé comme ce site l’attend. Prévenez la personne qui exploite le site.",
    "not-accepted":
      "Le service de connexion vous connaît, mais ce site n’accepte pas ce qu’il en dit. Prévenez la personne qui exploite le site.",
    "not-allowed":
      "Votre compte ne fait partie d’aucun groupe du bureau\u00a0: il n’y a rien ici que vous puissiez voir.",
  },
  groups: (groups) =>
    sentences`Ces groupes sont\u00a0: ${groups}. La personne qui gère les comptes du bureau peut vous y ajouter.`,
  retry: "Réessayer",
  otherAccount: "Utiliser un autre compte",
};

import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { PaperMessages } from "#web/messages/paper-en.ts";

const { count } = countsIn("fr");

const ballots = (number: number): string => (number === 1 ? "Votre bulletin est" : "Vos bulletins sont");

export const paperFr: PaperMessages = {
  paper: {
    question: (at, of) => `Question ${at} sur ${of}`,
    leaveOut: "Laisser cette question de côté",
    leftOut: "Vous laissez cette question de côté.",
    voteOnIt: "Voter sur cette question",
    notHere: "Pas de vote en ce moment sur",
    review: "Vérifier mes choix",
    reviewTitle: "Est-ce bien ce que vous avez choisi\u202f?",
    seal: "Chaque choix est scellé à part sur cet appareil. Personne ne peut le lire avant le dépouillement, et personne ne peut voir que c’était le vôtre.",
    cast: (number) => (number === 1 ? "Déposer mon bulletin" : `Déposer mes ${count(number)}\u00a0bulletins`),
    title: {
      moving: (number) => `${ballots(number)} en route`,
      queued: (number) => `${ballots(number)} dans la file`,
      accepted: (number) => `${ballots(number)} dans l’urne`,
      amiss: (number) =>
        number === 1 ? "Ce bulletin n’est pas dans l’urne" : "Ces bulletins ne sont pas tous dans l’urne",
    },
    inTheBox: (accepted, of) => `Dans l’urne\u00a0: ${count(accepted)} sur ${count(of)}.`,
    amiss: (titles) => sentences`Voyez plus bas\u00a0: ${titles}.`,
    queued: "Vous pouvez fermer cette page\u202f; ce qui est dans la file sera compté.",
    notCast: "Aucun bulletin n’a été déposé pour cette question.",
    castIt: "Déposer ce bulletin",
    again: "Renvoyer ce bulletin",
    now: "Essayer maintenant",
    hint: "Gardez ces codes\u00a0: chacun vous permet de vérifier que son bulletin est dans l’urne, inchangé.",
    secret: {
      public:
        "Gardez-les pour vous\u00a0: après le vote, quand l’urne sera publiée pour que tout le monde puisse recompter, ces codes mèneront à vos choix.",
      auditors: "Ils ne disent pas comment vous avez voté.",
    },
  },
};

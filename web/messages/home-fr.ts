import type { HomeMessages } from "#web/messages/home-en.ts";

export const homeFr: HomeMessages = {
  notices: {
    open: "Ouverts",
    upcoming: "À venir",
    closed: "Terminés",
    cancelled: "Annulés",
    nothing: "Aucun vote n’est en cours.",
    left: (time) => `Il reste ${time}`,
    lessThanAMinuteLeft: "Il reste moins d’une minute",
    untilOpening: (time) => `Ouvre dans ${time}`,
    opensInAMoment: "Ouvre dans moins d’une minute",
    opensOn: (when) => `Le vote ouvre le ${when}`,
    closesOn: (when) => `Le vote ferme le ${when}`,
    turnout: (share) => `Participation\u00a0: ${share}`,
    updated: (clock) => `Mis à jour à ${clock}`,
    results: "Résultats",
    kind: {
      referendum: "Référendum",
      single_choice: "Élection",
      choose: "Élection",
      ranked_choice: "Élection par classement",
      stv: "Élection par classement",
    },
  },
};

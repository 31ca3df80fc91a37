import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { OverviewWords } from "#web/office/messages/en/overview.ts";

const { plural } = countsIn("fr");

export const overview: OverviewWords = {
  title: "Vue d’ensemble",
  none: "Il n’y a encore aucune élection.",
  toElections: "Aller aux élections",
  group: {
    open: "Ouvertes",
    closed: "Terminées, à certifier",
    coming: "À venir",
    drafts: "Brouillons",
    certified: "Certifiées",
    cancelled: "Annulées",
  },
  test: "Essai",
  what: {
    open: (when, voters) => sentences`Jusqu’au ${when}. ${plural(voters, "inscrit", "inscrits")} sur la liste.`,
    closed: (when) => sentences`Le vote a pris fin le ${when}.`,
    coming: (when, voters) => sentences`Ouvre le ${when}. ${plural(voters, "inscrit", "inscrits")} sur la liste.`,
    emptyRoll: (when) => sentences`Ouvre le ${when}. La liste électorale est encore vide.`,
    draft: (when, by) => sentences`Enregistré le ${when} par ${by}.`,
    past: (when) => sentences`Le vote a pris fin le ${when}.`,
  },
  act: {
    open: "Jour du vote",
    closed: "Après la fermeture",
    coming: "Relire",
    emptyRoll: "Inscrire des électeurs",
    draft: "Reprendre",
    past: "Consulter",
  },
  jobs: "En cours",
};

import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { Messages } from "#web/messages/en.ts";
import { receiptFr } from "#web/messages/receipt-fr.ts";
import { turnoutOfFr } from "#web/messages/turnout-fr.ts";
import { voteFr } from "#web/messages/vote-fr.ts";

/** Tous les textes du site en français. Espaces insécables : \u00a0 devant le deux-points, \u202f devant ; et ?. */
const { plural } = countsIn("fr");

export const fr: Messages = {
  site: {
    name: "Scrutin",
    skip: "Aller au contenu",
    home: "Les votes en cours",
    language: "Langue",
    footer: "Votre choix est scellé sur votre appareil. Tout le monde peut vérifier le compte.",
    loading: "Chargement",
    error: (title) => `Erreur\u00a0: ${title}`,
    pause: "Suspendre les mises à jour",
    resume: "Reprendre les mises à jour",
    pages: "Pages du site",
    check: "Vérifier mon bulletin",
    monitor: "Suivre le vote en direct",
    text: { help: "Aide", privacy: "Vie privée", accessibility: "Accessibilité" },
  },
  failure: {
    title: "Cette page n’a pas pu être chargée",
    unreachable: "Le service de vote ne répond pas. Rien de ce que vous avez fait n’est perdu.",
    retry: "Réessayer",
    notFoundTitle: "Il n’y a rien à cette adresse",
    notFound: "Le lien est peut-être incomplet ou ancien. La page d’accueil présente les votes en cours.",
    unknownElection: "Ce vote n’existe pas. Le lien est peut-être incomplet ou ancien.",
    toHome: "Voir les votes en cours",
  },
  home: {
    title: "Les votes en cours",
    opens: (distance) => `Ouvre ${distance}`,
    closes: (distance) => `Ferme ${distance}`,
    unstated: "Le vote ouvre dès que son objet est déclaré et signé.",
    closedOn: (when) => sentences`Le vote a pris fin le ${when}.`,
    turnoutOf: turnoutOfFr,
    vote: "Voter",
    about: (link, title) => `${link}\u00a0: ${title}`,
    questions: (questions) => `${plural(questions, "question", "questions")}, une seule visite`,
  },
  office: "le bureau des élections, au numéro inscrit sur votre carte d’électeur",
  ...voteFr,
  ...receiptFr,
};

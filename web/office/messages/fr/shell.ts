import { sentences } from "#core/sentences.ts";
import type { ShellWords } from "#web/office/messages/en/shell.ts";

export const shell: ShellWords = {
  name: "Scrutin, bureau des élections",
  rooms: "Rubriques",
  room: { overview: "Vue d’ensemble", elections: "Élections", audit: "Journal" },
  election: {
    election: "En bref",
    editor: "Modifier",
    roll: "Liste électorale",
    polling: "Jour du vote",
    closing: "Après la fermeture",
  },
  ofElection: (id) => `Élection ${id}`,
  signedInAs: (name, groups) => `${name}, ${groups}`,
  group: {
    officer: "direction du scrutin",
    registrar: "tenue de la liste",
    auditor: "vérification",
    observer: "observation",
  },
  signOut: "Se déconnecter",
  toSite: "Voir le site public",
  notYours: "Cette rubrique ne vous est pas ouverte",
  onlyFor: (groups) =>
    sentences`Elle est réservée à ces groupes\u00a0: ${groups}. La personne qui gère les comptes du bureau peut vous y ajouter.`,
  nothingHere: "Le lien est peut-être incomplet ou ancien.",
  toOverview: "Aller à la vue d’ensemble",
  failed: "Le chargement n’a pas abouti",
  unreachable: "Le service du bureau ne répond pas. Rien de ce que vous avez écrit n’est perdu.",
  busy: "Le service est occupé. Rien n’a été fait\u00a0: réessayez dans un instant.",
  refused: "Le service a refusé sans dire pourquoi. Rien n’a été fait.",
  goBack: "Revenir",
  close: "Fermer",
  reason: "Motif",
  reasonHint: "Il figurera au journal, avec votre nom.",
  reasonMissing: "Dites pourquoi, en quelques mots.",
  typeToConfirm: (word) => `Pour confirmer, écrivez ${word}`,
  typedWrong: (word) => sentences`Ce que vous avez écrit n’est pas ${word}.`,
  working: "En cours",
  proposedTitle: "Une deuxième personne doit confirmer",
  proposed:
    "Rien n’est encore fait. Une autre personne de la direction du scrutin trouvera la demande dans sa vue d’ensemble et l’y confirmera.",
  job: {
    queued: "En attente",
    running: "En cours",
    done: "Terminé",
    failed: "Cela n’a pas fonctionné",
  },
  jobLost: "Pas de nouvelles depuis un moment. Le travail continue sans cette page\u00a0: revenez plus tard.",
  of: (done, total) => `${done} sur ${total}`,
};

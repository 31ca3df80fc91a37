import { countsIn } from "#web/format.ts";
import type { OfficeAuditWords } from "#web/office/messages/en/audit.ts";

const { plural } = countsIn("fr");

export const officeAudit: OfficeAuditWords = {
  title: "Journal",
  intro:
    "Tout ce qui s’est fait au bureau\u00a0: par qui, quand, depuis quelle adresse et pour quel motif. Personne ne peut modifier ni effacer une ligne.",
  introPublic:
    "Ce qui a été déclaré et signé pour chaque élection. Le personnel du bureau voit ici tout ce qui s’est fait.",
  filter: "Filtrer",
  election: "Élection",
  anyElection: "Son identifiant\u202f; vide pour toutes",
  who: "Nom",
  whoHint: "Une partie suffit",
  act: "Geste",
  anyAct: "Tous les gestes",
  from: "Du",
  to: "Au",
  ofDay: "Le jour entier compte.",
  wrongSpan: "Le dernier jour précède le premier.",
  apply: "Afficher",
  reset: "Tout afficher",
  found: (entries) => plural(entries, "geste", "gestes"),
  none: "Aucun geste ne correspond à ce filtre.",
  more: "Afficher les gestes précédents",
  heads: {
    when: "Quand",
    who: "Qui",
    act: "Geste",
    election: "Élection",
    outcome: "Suite",
    from: "Depuis",
    details: "Motif et inscription",
  },
  outcome: {
    done: "fait",
    proposed: "attend une deuxième personne",
    refused: "refusé",
    failed: "interrompu",
  },
  outside: "ligne de commande ou système",
  reason: (reason) => `Motif\u00a0: ${reason}`,
  csv: "Télécharger en CSV",
  ndjson: "Télécharger en NDJSON",
  exporting: (done, total) => `${done} gestes lus sur ${total}`,
  exportFailed: "Le fichier n’a pas pu être préparé, car certains gestes n’ont pas pu être lus. Réessayez.",
};

import { countsIn } from "#web/format.ts";
import type { OfficeAuditWords } from "#web/office/messages/en/audit.ts";

const { plural } = countsIn("fr");

export const officeAudit: OfficeAuditWords = {
  title: "Journal",
  intro:
    "Tout ce qui s’est fait au bureau\u00a0: par qui, quand, depuis quelle adresse et pour quel motif. Personne ne peut modifier ni effacer une ligne.",
  introPublic:
    "Ce qui a été énoncé et signé pour chaque élection. Le personnel du bureau voit ici tout ce qui s’est fait.",
  filter: "Filtrer",
  election: "Élection",
  anyElection: "Son identifiant\u202f; vide pour toutes",
  who: "Nom",
  whoHint: "Une partie suffit",
  act: "Acte",
  anyAct: "Tous les actes",
  from: "Du",
  to: "Au",
  ofDay: "Le jour entier compte.",
  wrongSpan: "Le dernier jour précède le premier.",
  apply: "Afficher",
  reset: "Tout afficher",
  found: (entries) => plural(entries, "acte", "actes"),
  none: "Aucun acte ne correspond à ce filtre.",
  more: "Afficher les actes précédents",
  heads: {
    when: "Quand",
    who: "Qui",
    act: "Acte",
    election: "Élection",
    outcome: "Suite",
    from: "D’où",
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
  exporting: (done, total) => `${done} actes lus sur ${total}`,
  exportFailed: "Le fichier n’a pas pu être préparé, car certains actes n’ont pas pu être lus. Réessayez.",
};

import type { OfficeProposalsWords } from "#web/office/messages/en/proposals.ts";

export const officeProposals: OfficeProposalsWords = {
  title: "En attente d’une deuxième personne",
  none: "Rien n’attend une deuxième personne.",
  decided: "Décidé au cours des 30 derniers jours",
  by: (name, when) => `Proposé par ${name}, le ${when}`,
  until: (when) => `Valable jusqu’au ${when}`,
  ofElection: (id) => `élection ${id}`,
  look: "Examiner",
  lookAt: (act, id) => `Examiner\u00a0: ${act}, élection ${id}`,
  state: {
    open: "en attente",
    confirmed: "confirmé",
    refused: "refusé",
    withdrawn: "retiré",
    expired: "échu",
  },
  outcome: {
    done: "confirmé et fait",
    refused: "confirmé, mais impossible à faire",
    none: "confirmé\u202f; le journal dit si c’est fait",
  },
  decidedBy: (state, name, when) => `${state}, par ${name}, le ${when}`,
  yours: "C’est votre proposition\u00a0: une autre personne doit la confirmer.",
  notYours: "Seule une autre personne autorisée à poser cet acte peut la confirmer.",
  voters: "Ce que verront les électeurs",
  does: {
    "open-statement":
      "La définition, la clé des bulletins et la liste électorale sont fixées et signées. Les électeurs ne lisent rien de nouveau\u202f; ils pourront voter à l’heure dite.",
    "draw-lot": "La page des résultats dit qu’il y a eu tirage au sort, et en suit l’ordre\u00a0:",
    certify:
      "L’urne est comptée une dernière fois, et le résultat signé. Rien ne change pour les électeurs avant la publication.",
    publish:
      "La page des résultats dit que le résultat est certifié, et tout le monde peut télécharger les fichiers et les vérifier.",
    shred: "Rien ne change pour les électeurs. C’est irréversible.",
    delete:
      "L’élection disparaît du site, avec sa liste électorale, ses bulletins, ses comptes et ses secrets. C’est irréversible.",
  },
  witnesses: (names) => `Témoins\u00a0: ${names}`,
  regions: "Régions",
  candidates: "Candidatures",
  draftChanged:
    "Le brouillon a été enregistré de nouveau depuis cette proposition, ou n’existe plus\u00a0: la confirmation serait refusée. Il faut refaire la proposition.",
  draftFaulty: "Le brouillon a des erreurs\u00a0: la confirmation serait refusée.",
  applied: "En entier, avec le bulletin à côté\u00a0:",
  draft: (id, version) => `le brouillon de l’élection ${id}, version ${version}`,
  nothing: "Rien ne change tout de suite pour les électeurs.",
  reason: (reason) => `Motif\u00a0: ${reason}`,
  request: "La demande, mot pour mot",
  sha256: "Son empreinte SHA-256",
  shaHint: "Calculée dans ce navigateur à partir de ce qui est affiché. Votre confirmation ne vaut que pour cela.",
  shaDiffers:
    "Ce qui est affiché n’est pas ce que ferait le service. Ne confirmez pas, et prévenez la personne responsable du site.",
  confirm: "Confirmer et faire",
  refuse: "Refuser",
  withdraw: "Retirer",
  refuseTitle: "Refuser cette proposition",
  withdrawTitle: "Retirer votre proposition",
  refuseWhat: "Rien n’est fait. On pourra la présenter de nouveau.",
  close: "Fermer",
  confirmed: "C’est fait.",
  ended: "Cela n’a pas pu être fait, et cette proposition est close\u00a0: il faut la refaire.",
};

import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { OfficeRollWords } from "#web/office/messages/en/roll.ts";

const { plural, count } = countsIn("fr");

export const officeRoll: OfficeRollWords = {
  title: "Liste électorale",
  ofElection: (electionId) => `Élection ${electionId}`,
  figures: "Électeurs par région",
  region: "Région",
  voters: "Électeurs",
  votedElsewhere: "Ont voté ailleurs",
  country: "Tout le pays",
  total: "Total",
  struckTitle: "Codes annulés",
  struck: {
    reissued: (people) => `${plural(people, "personne a", "personnes ont")} reçu un nouveau code`,
    moved: (people) => `${plural(people, "personne a", "personnes ont")} changé de région`,
    removed: (people) => `${plural(people, "personne retirée", "personnes retirées")} de la liste`,
    "voted-elsewhere": (people) => `${plural(people, "personne a", "personnes ont")} voté ailleurs`,
  },
  closed: "Le vote est terminé\u00a0: cette liste ne peut plus changer.",
  onPaper: (ids) =>
    sentences`Cette élection figure sur un bulletin avec d’autres\u00a0: ${ids}. Ce que vous faites pour une personne vaut pour toutes. Un fichier n’entre que dans la liste de cette élection.`,
  underWay: (imports) =>
    `${plural(imports, "importation n’est pas terminée", "importations ne sont pas terminées")}. Choisissez de nouveau le même fichier pour finir, ou signez la liste telle qu’elle est.`,
  signNow: "Signer la liste telle qu’elle est…",
  signTitle: "Signer la liste telle qu’elle est",
  signWhat:
    "Les importations inachevées sont abandonnées, et les personnes inscrites à cet instant peuvent voter. Assurez-vous qu’aucune n’est en cours.",
  sign: "Signer la liste",
  file: {
    title: "Inscrire des électeurs à partir d’une feuille de calcul",
    intro:
      "Enregistrez la feuille en CSV, avec une colonne par identifiant et une pour la région. Si les électeurs n’ont pas encore de code, commencez plus bas, par «\u00a0Lettres et codes de vote\u00a0», qui les tire. Ce navigateur lit la feuille\u202f; ce qui est envoyé est haché aussitôt, et aucune ligne n’est conservée.",
    choose: "Choisir un fichier",
    drop: "ou déposez-le ici",
    reading: "Lecture du fichier",
    columns: "Colonnes",
    columnsHint: "Indiquez à quoi sert chaque colonne. Celles que vous laissez de côté restent dans ce navigateur.",
    columnMissing: "Choisissez sa colonne.",
    columnsMissing: (names) =>
      sentences`Introuvable dans la première ligne\u00a0: ${names}. Choisissez la colonne de chacun.`,
    missing: "aucune",
    read: "Lire le fichier",
    found: (rows) => plural(rows, "ligne", "lignes"),
    faults: (bad) => plural(bad, "ligne contient une erreur", "lignes contiennent des erreurs"),
    noFaults: "Toutes les lignes conviennent.",
    noneFits: "Aucune ligne ne peut entrer dans la liste. Corrigez le fichier, puis choisissez-le de nouveau.",
    first: (shown) => `Les ${count(shown)} premières\u00a0:`,
    line: "Ligne",
    fault: "Ce qui ne va pas",
    downloadFaults: "Télécharger toutes les erreurs",
    faultsName: "erreurs.csv",
    send: "Envoyer le fichier",
    sending: "Envoi du fichier",
    pause: "Suspendre",
    goOn: "Reprendre",
    paused:
      "Envoi suspendu. Vous pouvez aussi fermer cette page\u00a0: choisissez le même fichier plus tard, et l’envoi reprendra ici.",
    checking: "Comparaison avec la liste",
    repeated: (rows) => `${plural(rows, "ligne nomme", "lignes nomment")} une personne déjà nommée, sans rien changer`,
    struck: (rows) => `${plural(rows, "ligne a un code annulé", "lignes ont un code annulé")}, sans rien changer`,
    leaveOut: (bad) => `Laisser de côté ${plural(bad, "ligne erronée", "lignes erronées")}`,
    mustLeaveOut: "Corrigez le fichier, ou laissez ces lignes de côté.",
    reason: "Motif, inscrit au journal",
    reasonHint: "Facultatif.",
    enter: (rows) => `Inscrire ${plural(rows, "ligne", "lignes")} sur la liste`,
    entering: "Inscription sur la liste",
    done: (imported) => `${plural(imported, "personne a été inscrite", "personnes ont été inscrites")} sur la liste.`,
    already: (rows) => `${plural(rows, "ligne y était déjà", "lignes y étaient déjà")}.`,
    leftOut: (rows) => `${plural(rows, "ligne a été laissée", "lignes ont été laissées")} de côté.`,
    newest: "Publiez cette empreinte du changement signé\u00a0:",
    another: "Choisir un autre fichier",
    failed: "Le fichier n’a pas pu être lu. Réessayez, ou choisissez-en un autre.",
  },
  person: {
    title: "Une personne",
    act: "Ce qui s’est passé",
    acts: {
      add: "Elle manque sur la liste",
      reissue: "Il lui faut un nouveau code",
      move: "Elle a changé de région",
      remove: "Elle doit être retirée de la liste",
      "voted-elsewhere": "Elle a voté sur papier ou par correspondance",
    },
    hints: {
      add: "Elle reçoit un nouveau code, qui n’est montré qu’une fois.",
      reissue: "L’ancien code est annulé aussitôt. Le nouveau n’est montré qu’une fois.",
      move: "Elle vote dans la nouvelle région, avec un nouveau code qui n’est montré qu’une fois.",
      remove: "Elle ne peut plus voter. Qui a déjà voté reste inscrit.",
      "voted-elsewhere": "Elle ne peut plus voter ici. Qui a déjà voté reste inscrit.",
    },
    buttons: {
      add: "L’inscrire sur la liste",
      reissue: "Donner un nouveau code",
      move: "La changer de région",
      remove: "La retirer de la liste",
      "voted-elsewhere": "Noter qu’elle a voté",
    },
    region: "Région",
    reason: "Motif, inscrit au journal",
    fill: "Remplissez tous les champs.",
    done: "C’est fait.",
    code: "Le nouveau code de vote",
    codeOnce: "Il n’est montré que cette fois et n’est conservé nulle part. Ne le donnez qu’à cette personne.",
    hide: "Cacher le code",
    newest: "Publiez cette empreinte du changement signé\u00a0:",
  },
  letters: {
    title: "Lettres et codes de vote",
    intro:
      "À partir d’une liste de noms et d’adresses, ce navigateur tire un code pour chaque personne et prépare les lettres à imprimer, avec la liste à inscrire ci-dessus. Rien ne quitte cet ordinateur.",
    columnsHint:
      "Colonnes\u00a0: name, address_1 à address_4, ce qui identifie l’électeur, region_id, et language (fr ou en). Aucune autre.",
    noContact:
      "La lettre dit qui appeler quand on l’a perdue. Cette élection ne le dit pas encore\u00a0: remplissez d’abord «\u00a0Qui appeler\u00a0» dans sa définition.",
    choose: "Choisir la liste",
    paper: "Papier",
    papers: { letter: "Lettre, enveloppe à fenêtre n°\u00a010", a4: "A4, enveloppe à fenêtre DL" },
    making: "Préparation des lettres",
    preparing: "Préparation…",
    made: (letters) =>
      `${plural(letters, "lettre est prête", "lettres sont prêtes")}. Enregistrez tous les fichiers avant de quitter cette page\u00a0: les codes ne sont nulle part ailleurs.`,
    save: (name) => `Enregistrer ${name}`,
    saveAll: (files) => `Enregistrer toutes les lettres, ${files} fichiers, dans letters.zip`,
    toRoll: "Inscrire maintenant ces personnes sur la liste",
    toRollHint: "Les codes sont valables une fois le fichier roll.csv inscrit sur la liste.",
    again: "Préparer d’autres lettres",
    failed:
      "Les lettres n’ont pas pu être préparées. Réessayez, ou passez par la ligne de commande\u00a0: scrutin cards.",
  },
};

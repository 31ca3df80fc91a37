import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { OfficeClosingWords } from "#web/office/messages/en/closing.ts";

const { plural } = countsIn("fr");

export const officeClosing: OfficeClosingWords = {
  title: "Après la fermeture",
  stale: "Pas de connexion\u00a0: ce qui est affiché n’est peut-être plus à jour.",
  busy: "Attendez que l’opération en cours soit terminée.",
  phase: {
    upcoming: (closes) => sentences`Le vote n’est pas encore ouvert. Il ferme le ${closes}.`,
    open: (closes) => sentences`Le vote est ouvert jusqu’au ${closes}. Ce qui suit se fait après.`,
    closed: (closes) => sentences`Le vote a pris fin le ${closes}.`,
    cancelled: () => "Ce vote est annulé\u00a0: rien n’est compté.",
  },
  kind: {
    "open-statement": "Énoncé d’ouverture",
    recount: "Recomptage",
    certify: "Certification",
    publish: "Publication",
    shred: "Destruction du poivre",
    delete: "Suppression",
    "forget-counts": "Retrait des comptes",
  },
  opening: {
    title: "Énoncé d’ouverture",
    why: (voters) =>
      `Avant que quiconque puisse voter, la définition, la clé qui scelle les bulletins et la liste électorale (${plural(voters, "électeur", "électeurs")}) sont fixées et signées. Si personne ne le fait, cela se fait à l’ouverture du vote.`,
    fixes: (voters) =>
      `Ensuite, seule la fermeture peut changer, et chaque changement est signé. La liste compte ${plural(voters, "électeur", "électeurs")}.`,
    act: "Faire l’énoncé d’ouverture",
    publish:
      "Publiez ces deux codes ailleurs avant l’ouverture du vote, par exemple à la gazette officielle\u00a0: ils permettent à tout le monde de voir que rien n’a changé depuis.",
    sha256: "SHA-256 de l’énoncé d’ouverture",
    fingerprint: "Empreinte de la clé de signature",
    newest: "SHA-256 du dernier changement depuis\u202f; à publier aussi",
  },
  checks: {
    title: "Avant de certifier",
    state: { met: "(fait)", unmet: "(pas encore)", advised: "(conseillé)", unknown: "(pas encore regardé)" },
    of: {
      stated: {
        met: "L’énoncé d’ouverture est fait.",
        unmet: "L’énoncé d’ouverture n’a jamais été fait\u00a0: personne n’a pu voter.",
        advised: "L’énoncé d’ouverture n’est pas fait.",
        unknown: "L’énoncé d’ouverture est-il fait\u202f?",
      },
      "roll-complete": {
        met: "Aucune importation de la liste n’est inachevée.",
        unmet:
          "Une importation de la liste n’est pas terminée\u00a0: choisissez de nouveau le fichier dans la rubrique de la liste, ou signez la liste telle qu’elle est.",
        advised: "Une importation de la liste n’est pas terminée.",
        unknown: "Les importations de la liste sont-elles terminées\u202f?",
      },
      closed: {
        met: "Le vote a pris fin.",
        unmet: "Le vote n’a pas pris fin.",
        advised: "Le vote n’a pas pris fin.",
        unknown: "Le vote a-t-il pris fin\u202f?",
      },
      "minute-passed": {
        met: "Une minute s’est écoulée depuis.",
        unmet: "Une minute doit s’écouler après la fermeture. Cette ligne passera au vert d’elle-même.",
        advised: "Une minute doit s’écouler après la fermeture.",
        unknown: "Une minute doit s’écouler après la fermeture.",
      },
      "votes-decided": {
        met: "Tous les bulletins de la file sont traités.",
        unmet: "Des bulletins attendent dans la file. Cette ligne passera au vert une fois qu’ils seront traités.",
        advised: "Des bulletins attendent dans la file.",
        unknown: "Des bulletins attendent-ils dans la file\u202f?",
      },
      "none-set-aside": {
        met: "Aucun message de ce vote n’est mis de côté.",
        unmet: "Des messages sont mis de côté\u00a0: renvoyez-les depuis la rubrique du jour du vote.",
        advised: "Des messages sont mis de côté.",
        unknown: "Des messages sont-ils mis de côté\u202f?",
      },
      "no-tie": {
        met: "Aucune égalité n’exige de tirage au sort.",
        unmet: "Une égalité exige un tirage au sort.",
        advised:
          "Il y a une égalité qu’aucune règle ne départage\u00a0: tirez au sort ci-dessous, ou certifiez l’égalité telle quelle.",
        unknown: "Une égalité exige-t-elle un tirage au sort\u202f?",
      },
      recounted: {
        met: "Les comptes concordent avec l’urne.",
        unmet: "Les comptes diffèrent de l’urne\u00a0: remplacez-les par ce que dit l’urne, et cherchez pourquoi.",
        advised:
          "Pas de recomptage depuis la fermeture. La certification compare aussi\u202f; un recomptage le dit d’avance.",
        unknown: "Les comptes concordent-ils avec l’urne\u202f?",
      },
    },
  },
  recount: {
    act: "Recompter",
    what: "Chaque bulletin de l’urne est ouvert et compté de nouveau, puis comparé aux comptes. Rien n’est changé.",
    swap: "Remplacer les comptes",
    swapWhat: "Les comptes qui diffèrent sont remplacés par ce que dit l’urne. L’opération est inscrite à votre nom.",
  },
  lots: {
    title: "Tirages au sort",
    why: "Tirez au sort en public, devant témoins, puis inscrivez l’ordre ici. Il est signé et ne peut être repris.",
    tie: "Égalité",
    order: "Dans l’ordre du tirage\u00a0: la première personne tirée l’emporte, la dernière sort",
    drawn: (name, place) => `${name}\u00a0: n°\u00a0${place}`,
    again: "Recommencer",
    orderMissing: "Choisissez-les toutes, dans l’ordre du tirage.",
    witnesses: "Témoins",
    witnessesHint: "Un nom par ligne.",
    witnessesMissing: "Nommez les personnes qui ont assisté au tirage.",
    act: "Inscrire le tirage",
  },
  certify: {
    title: "Certifier",
    ready: "Tout est prêt.",
    notYet: "Pas encore\u00a0: voyez ce qui manque dans la liste ci-dessus.",
    what: "Les bulletins de l’urne sont séparés des électeurs, triés et comptés une dernière fois, puis le résultat est signé. Pour une grande urne, cela prend quelques minutes\u202f; vous pouvez quitter cette page.",
    act: "Certifier le résultat",
    again: "Certifier de nouveau",
    done: (instant) => sentences`Certifié le ${instant}.`,
    elsewhere:
      "Le résultat a été certifié en ligne de commande\u00a0: ses fichiers sont là où cela s’est fait, et se publient de là.",
  },
  publish: {
    title: "Publier",
    notYet: "Le résultat certifié n’est pas encore sur le site.",
    what: "Tout le monde pourra alors télécharger les fichiers et les vérifier, et la page des résultats dira que le résultat est certifié.",
    act: "Publier sur le site",
    done: (instant) => sentences`Sur le site depuis le ${instant}.`,
    see: "Voir la page des résultats",
  },
  shred: {
    title: "Détruire le poivre",
    why: "L’urne ne nomme personne\u00a0: elle contient des empreintes, calculées avec un secret, le «\u00a0poivre\u00a0». Pour retrouver le bulletin de quelqu’un, il faudrait le poivre et la clé des bulletins à la fois, et aucune partie du système ne lit les deux. Une fois passé le délai légal de contestation, détruisez le poivre\u00a0: aucune clé ne suffira plus.",
    what: "Ensuite, aucune empreinte ne mène à une personne, quelles que soient les clés que l’on détient\u00a0: ni à un bulletin, ni à qui a voté. Les copies du poivre faites auparavant restent hors d’atteinte. C’est irréversible.",
    act: "Détruire pour toujours",
    done: "Le poivre est détruit\u00a0: aucune empreinte ne mène plus à une personne.",
  },
  bundle: {
    title: "Fichiers certifiés",
    file: "Fichier",
    size: "Taille",
    act: "Tout télécharger en un fichier ZIP",
    making: "Téléchargement",
    failed: "Le téléchargement s’est interrompu. Réessayez.",
    notYours:
      "La direction du scrutin et la vérification peuvent les télécharger\u202f; tout le monde le pourra, une fois qu’ils seront publiés.",
    how: "Décompressez-le, puis vérifiez-le avec\u00a0: npx scrutin verify DOSSIER. Gardez-en une copie là où personne ne peut la changer.",
  },
};

import type { BilingualText } from "#core/election.ts";

/** An alarm's title, what the voter loses while it rings, and its section in docs/runbook.md. */
export type AlarmText = Readonly<{ title: BilingualText; impact: BilingualText; runbook: string }>;

export const ALARM_TEXTS = {
  DeadLetters: {
    title: { fr: "Votes mis de côté", en: "Votes set aside" },
    impact: {
      fr: "Des votes reçus n’ont pu être ni acceptés ni rejetés. Aucun n’est perdu avant 14 jours, mais aucun n’est compté tant qu’il n’est pas traité.",
      en: "Some received votes could be neither accepted nor rejected. None is lost for 14 days, and none is counted until it is decided.",
    },
    runbook: "votes-set-aside",
  },
  OldestMessage: {
    title: { fr: "Votes en attente de décision", en: "Votes are waiting" },
    impact: {
      fr: "Les électeurs attendent plusieurs minutes avant de savoir si leur vote est accepté. Aucun vote n’est perdu avant 14 jours.",
      en: "Voters wait minutes to learn whether their vote was accepted. No vote is lost for 14 days.",
    },
    runbook: "votes-are-waiting",
  },
  NoneDecided: {
    title: { fr: "Aucun vote n’est décidé", en: "No vote is decided" },
    impact: {
      fr: "Des votes arrivent, mais aucun n’est accepté ni rejeté : les électeurs attendent. Aucun vote n’est perdu avant 14 jours.",
      en: "Votes arrive, and none is accepted or rejected: voters wait for their outcome. No vote is lost for 14 days.",
    },
    runbook: "no-vote-is-decided",
  },
  CountingBehind: {
    title: { fr: "Dépouillement en retard", en: "Counting is behind" },
    impact: {
      fr: "Les résultats sont en retard sur l’urne. Les bulletins y sont en sûreté, mais après 24 heures il faudra recompter.",
      en: "Results lag behind the ballot box. The ballots in it are safe, but after 24 hours they must be recounted.",
    },
    runbook: "counting-is-behind",
  },
  RequestsFail: {
    title: { fr: "Requêtes en échec", en: "Requests are failing" },
    impact: {
      fr: "Des électeurs obtiennent une erreur au lieu de voter. Leur vote n’est pas reçu ; ils peuvent réessayer.",
      en: "Voters get an error instead of voting. Their vote is not received; they can try again.",
    },
    runbook: "requests-are-failing",
  },
  RequestsTurnedAway: {
    title: { fr: "Requêtes refusées faute de capacité", en: "Requests turned away" },
    impact: {
      fr: "Il y a plus de monde que prévu : des électeurs doivent réessayer quelques secondes plus tard.",
      en: "There is more traffic than planned for: voters must try again a few seconds later.",
    },
    runbook: "requests-turned-away",
  },
  SiteFails: {
    title: { fr: "Le site répond par des erreurs", en: "The site is failing" },
    impact: {
      fr: "Des électeurs obtiennent une erreur de CloudFront au lieu du site ou de l’API. Leur vote n’est pas reçu ; ils peuvent réessayer.",
      en: "Voters get an error of CloudFront's instead of the site or the API. Their vote is not received; they can try again.",
    },
    runbook: "the-site-is-failing",
  },
  VotersSentAway: {
    title: { fr: "Visiteurs priés de réessayer", en: "Visitors told to try again" },
    impact: {
      fr: "Plus d’une requête sur cent reçoit 429, de l’API ou du pare-feu : ces personnes doivent réessayer plus tard. Leur vote n’est pas reçu.",
      en: "More than one request in a hundred is answered 429, by the API or the firewall: these people must try again later. Their vote is not received.",
    },
    runbook: "visitors-told-to-try-again",
  },
  FirewallBlocks: {
    title: { fr: "Le pare-feu bloque beaucoup", en: "The firewall blocks many" },
    impact: {
      fr: "Plus d’une requête sur cent est bloquée : une attaque, ou des électeurs qu’une règle prend pour elle. Ce qui est bloqué n’est pas reçu.",
      en: "More than one request in a hundred is blocked: an attack, or voters whom a rule takes for one. What is blocked is not received.",
    },
    runbook: "the-firewall-blocks-many",
  },
  VotingThrottled: {
    title: { fr: "Fonctions de vote limitées", en: "Voting functions throttled" },
    impact: {
      fr: "Des électeurs obtiennent une erreur ou attendent la décision : le compte AWS a atteint sa limite de fonctions simultanées.",
      en: "Voters get an error or wait for their outcome: the AWS account has reached its limit of concurrent functions.",
    },
    runbook: "functions-throttled",
  },
  ReadingThrottled: {
    title: { fr: "Fonctions de consultation limitées", en: "Reading functions throttled" },
    impact: {
      fr: "Le public ne voit plus toujours les scrutins ni les résultats. Le vote n’est pas touché.",
      en: "The public cannot always see elections and results. Voting is not affected.",
    },
    runbook: "functions-throttled",
  },
  OfficeJobsSetAside: {
    title: { fr: "Travaux du bureau mis de côté", en: "Jobs of the office set aside" },
    impact: {
      fr: "Ce que le bureau a demandé, par exemple de certifier, n’a pas pu commencer, ou sa fin n’a pas pu être notée. Le vote n’est pas touché.",
      en: "What the office asked for, such as certifying, could not be begun, or its end not be recorded. Voting is not affected.",
    },
    runbook: "jobs-of-the-office-set-aside",
  },
  TableThrottled: {
    title: { fr: "Table limitée", en: "Table throttled" },
    impact: {
      fr: "Les décisions ou les résultats sont en retard. Rien n’est perdu : ce qui échoue est réessayé.",
      en: "Outcomes or results are late. Nothing is lost: what fails is retried.",
    },
    runbook: "tables-throttled",
  },
  OpeningMissing: {
    title: { fr: "Ouverture non déclarée", en: "Opening not stated" },
    impact: {
      fr: "L’heure du vote est venue, mais l’ouverture d’un scrutin n’est pas déclarée : personne ne peut y voter.",
      en: "Voting hours have come, but the opening of an election is not stated: nobody can vote in it.",
    },
    runbook: "opening-not-stated",
  },
  NoVotes: {
    title: { fr: "Plus aucun vote n’arrive", en: "Votes have stopped" },
    impact: {
      fr: "Un scrutin est ouvert, mais aucun vote n’arrive depuis dix minutes : il est probablement impossible de voter.",
      en: "Voting is open but no vote has arrived for ten minutes: probably nobody can vote.",
    },
    runbook: "votes-have-stopped",
  },
  TallyDisagrees: {
    title: { fr: "Le compte ne correspond pas à l’urne", en: "Tally and ballot box disagree" },
    impact: {
      fr: "Le résultat affiché est faux. Les bulletins sont en sûreté dans l’urne ; il faut recompter avant de certifier.",
      en: "The result shown is wrong. The ballots in the box are safe; recount before certifying.",
    },
    runbook: "tally-and-ballot-box-disagree",
  },
  UnstampedBallots: {
    title: { fr: "Bulletins non reçus dans l’urne", en: "Ballots that were never received" },
    impact: {
      fr: "Quelqu’un écrit dans l’urne sans passer par la réception. Ces bulletins sont comptés comme nuls, mais la personne au nom de qui l’un est écrit ne peut plus voter.",
      en: "Somebody writes to the ballot box past the receiving function. These ballots are counted as spoiled, but whoever's name one is under can no longer vote.",
    },
    runbook: "ballots-that-were-never-received",
  },
  RecountFails: {
    title: { fr: "Recomptage en échec", en: "The recount is failing" },
    impact: {
      fr: "Les électeurs ne perdent rien, mais une erreur dans le compte passerait inaperçue.",
      en: "Voters lose nothing, but an error in the count would go unnoticed.",
    },
    runbook: "the-recount-is-failing",
  },
} as const satisfies Record<string, AlarmText>;

export type AlarmKind = keyof typeof ALARM_TEXTS;

import type { BilingualText } from "#core/election.ts";

/** What an alarm is called, what the voter loses while it rings, and its section in docs/runbook.md. */
export type AlarmText = Readonly<{ title: BilingualText; impact: BilingualText; runbook: string }>;

export const ALARM_TEXTS = {
  DeadLetters: {
    title: { fr: "Votes mis de côté", en: "Votes set aside" },
    impact: {
      fr: "Des votes reçus n’ont pu être ni acceptés ni refusés. Aucun n’est perdu avant 14 jours ; aucun n’est compté d’ici là.",
      en: "Votes that were received could be neither accepted nor refused. None is lost for 14 days; none is counted until then.",
    },
    runbook: "votes-set-aside",
  },
  OldestMessage: {
    title: { fr: "Votes en attente de décision", en: "Votes waiting to be decided" },
    impact: {
      fr: "Les électeurs attendent des minutes avant de savoir si leur vote est accepté. Aucun vote n’est perdu avant 14 jours.",
      en: "Voters wait minutes to learn whether their vote is accepted. No vote is lost for 14 days.",
    },
    runbook: "votes-waiting-to-be-decided",
  },
  CountingBehind: {
    title: { fr: "Dépouillement en retard", en: "Counting is behind" },
    impact: {
      fr: "Les résultats retardent sur l’urne. Les bulletins y sont en sûreté, mais après 24 heures il faudra recompter.",
      en: "Results lag behind the ballot box. Ballots are safe in it, but after 24 hours they must be recounted.",
    },
    runbook: "counting-is-behind",
  },
  RequestsFail: {
    title: { fr: "Demandes en échec", en: "Requests fail" },
    impact: {
      fr: "Des électeurs voient une erreur au lieu de voter. Leur vote n’est pas reçu ; ils peuvent recommencer.",
      en: "Voters see an error instead of voting. Their vote is not received; they can try again.",
    },
    runbook: "requests-fail",
  },
  RequestsTurnedAway: {
    title: { fr: "Demandes refoulées", en: "Requests turned away" },
    impact: {
      fr: "Plus de monde que prévu : des électeurs doivent recommencer quelques secondes plus tard.",
      en: "More people than planned for: voters must try again some seconds later.",
    },
    runbook: "requests-turned-away",
  },
  VotingThrottled: {
    title: { fr: "Fonctions du vote freinées", en: "Voting functions held back" },
    impact: {
      fr: "Des électeurs voient une erreur ou attendent la décision : il tourne autant de fonctions que le compte AWS le permet.",
      en: "Voters see an error or wait for their outcome: the account runs as many functions as it may.",
    },
    runbook: "functions-held-back",
  },
  ReadingThrottled: {
    title: { fr: "Fonctions de consultation freinées", en: "Reading functions held back" },
    impact: {
      fr: "Des personnes ne voient ni les résultats ni les scrutins. Les votes n’en souffrent pas.",
      en: "People cannot see results or what is voted on. Votes do not suffer.",
    },
    runbook: "functions-held-back",
  },
  TableThrottled: {
    title: { fr: "Table freinée", en: "Table held back" },
    impact: {
      fr: "Les décisions ou les résultats se font attendre. Rien n’est perdu : ce qui a échoué est repris.",
      en: "Outcomes or results are late. Nothing is lost: what failed is done again.",
    },
    runbook: "tables-held-back",
  },
  NoVotes: {
    title: { fr: "Plus aucun vote", en: "No votes any more" },
    impact: {
      fr: "Un scrutin est ouvert et plus rien n’arrive depuis dix minutes : sans doute personne ne peut-il voter.",
      en: "Voting is open and nothing has arrived for ten minutes: probably nobody can vote.",
    },
    runbook: "no-votes-any-more",
  },
  TallyDisagrees: {
    title: { fr: "Compte et urne en désaccord", en: "Tally and ballot box disagree" },
    impact: {
      fr: "Le résultat affiché est faux. Les bulletins sont en sûreté dans l’urne ; il faut recompter avant de proclamer.",
      en: "The result that is shown is wrong. The ballots are safe in the box; recount before anything is certified.",
    },
    runbook: "tally-and-ballot-box-disagree",
  },
  RecountFails: {
    title: { fr: "Recomptage en échec", en: "The recount fails" },
    impact: {
      fr: "Les électeurs ne perdent rien, mais une erreur du compte passerait inaperçue.",
      en: "Voters lose nothing, but an error in the count would go unseen.",
    },
    runbook: "the-recount-fails",
  },
} as const satisfies Record<string, AlarmText>;

export type AlarmKind = keyof typeof ALARM_TEXTS;

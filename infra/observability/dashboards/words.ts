import type { Language } from "#core/language.ts";

/** The dashboard's texts, for an observer who knows elections but not AWS. */

const fr = {
  intro: `# Scrutin : ce qui se passe
Cette page se lit de haut en bas, comme le chemin d’un vote : **reçu**, **décidé**, **compté**. Elle montre la période choisie en haut à droite ; le jour du vote, faites-la commencer à l’heure d’ouverture. Rien ici ne dit qui a voté, ni comment.`,
  alarms: "Tout va-t-il bien ? (vert : oui ; rouge : une alarme sonne)",
  alarmsMeaning: "## Ce que dit chaque alarme",
  alarmsHeader: "| Alarme | Ce que perd l’électeur tant qu’elle sonne |\n|---|---|",
  receivedText: `## Le vote de chacun arrive-t-il ?
**Reçus** : votes auxquels le système a répondu « reçu ». **Refusées** : requêtes en surnombre, à réessayer. **En échec** : requêtes qui ont obtenu une erreur. Les deux dernières courbes doivent rester à zéro.`,
  received: "Votes reçus, requêtes refusées, requêtes en échec",
  submitted: "reçus",
  turnedAway: "refusées",
  sentAway: "refusées, vu de CloudFront",
  failed: "en échec",
  soFar: "Sur toute la période",
  accepted: "acceptés",
  duplicates: "seconds votes rejetés",
  invalid: "non valides",
  countedText: `## Chaque vote accepté est-il compté ?
Les courbes **acceptés** et **comptés** se suivent à quelques secondes près. **Nuls** : bulletins illisibles, comptés comme tels. Toute l’urne est recomptée à intervalles réguliers : le nombre de **désaccords** doit être zéro.`,
  counted: "comptés",
  spoiled: "nuls",
  unstamped: "nuls, non reçus",
  acceptedAndCounted: "Votes acceptés et votes comptés",
  uncounted: "acceptés moins comptés",
  recounts: "Recomptages de l’urne",
  recounted: "bulletins dans l’urne",
  disagreements: "désaccords",
  open: "scrutin ouvert (1) ou non (0)",
  unstated: "ouverture non déclarée",
  behindText: `## De combien est-on en retard ?
**File d’attente** : votes reçus mais pas encore traités, et âge du plus ancien. **Retard du compte** : âge du plus ancien bulletin accepté mais pas encore compté. p50, p95, p99 : la moitié des votes, 95 sur 100 et 99 sur 100 sont plus rapides que cela.`,
  queue: "Votes en attente de décision",
  waiting: "en attente",
  oldest: "âge du plus ancien (s)",
  iteratorAge: "Retard du compte (ms)",
  officeQueue: "Travaux du bureau en attente",
  toDecision: "De la réception à la décision (ms)",
  toCount: "De la décision au compte (ms)",
  failedText: `## Qu’est-ce qui a échoué ?
**Mis de côté** : votes que le système n’a pas pu traiter ; ils sont conservés et repris à la main. **Erreurs** : tentatives en échec, reprises automatiquement. **Limités** : appels en surnombre qu’AWS a refusés et qui sont réessayés.`,
  setAside: "Mis de côté",
  deadLetters: "votes",
  officeDeadLetters: "travaux du bureau",
  errors: "Erreurs, par partie du système",
  throttles: "Limités",
  throttledFunctions: "fonctions",
  throttledTables: "tables",
  refused: "Votes non valides, par raison",
  electionsText: `## Scrutin par scrutin
Une courbe par scrutin, désignée par son identifiant.`,
  perSubmitted: "Reçus, par scrutin",
  perAccepted: "Acceptés, par scrutin",
  perCounted: "Comptés, par scrutin",
  perDisagreements: "Désaccords, par scrutin",
  latency: "Temps de réponse aux requêtes (ms)",
  costText: `## Combien cela coûte-t-il jusqu’ici ?
Estimation en dollars américains pour la période choisie : l’utilisation mesurée, multipliée par le tarif public d’AWS. Stockage, journaux, mesures, clés et réseau de diffusion n’y sont pas compris.`,
  cost: "Coût de la période ($ US)",
  costLabels: { api: "requêtes", functions: "fonctions", queues: "files d’attente", tables: "tables", total: "total" },
} as const;

export type DashboardWords = {
  readonly [Word in keyof typeof fr]: (typeof fr)[Word] extends string
    ? string
    : Readonly<Record<keyof (typeof fr)[Word], string>>;
};

const en: DashboardWords = {
  intro: `# Scrutin: what is happening
Read this page from top to bottom, as a vote travels: **received**, **decided**, **counted**. It covers the time range chosen at the top right; on polling day, start it at the opening time. Nothing here says who voted, or how.`,
  alarms: "Is all well? (green: yes; red: an alarm is ringing)",
  alarmsMeaning: "## What each alarm means",
  alarmsHeader: "| Alarm | What the voter loses while it rings |\n|---|---|",
  receivedText: `## Is everybody's vote getting in?
**Received**: votes that the system confirmed as received. **Turned away**: requests beyond capacity, to be tried again. **Failed**: requests that got an error. The last two lines must stay at zero.`,
  received: "Votes received, requests turned away, requests failed",
  submitted: "received",
  turnedAway: "turned away",
  sentAway: "turned away, as CloudFront saw it",
  failed: "failed",
  soFar: "Over the whole range",
  accepted: "accepted",
  duplicates: "second votes, rejected",
  invalid: "invalid",
  countedText: `## Is every accepted vote counted?
The line **counted** follows **accepted** within seconds. **Spoiled**: ballots that cannot be read, counted as such. The whole ballot box is recounted regularly: the number of **disagreements** must be zero.`,
  counted: "counted",
  spoiled: "spoiled",
  unstamped: "spoiled, never received",
  acceptedAndCounted: "Votes accepted and votes counted",
  uncounted: "accepted minus counted",
  recounts: "Recounts of the ballot box",
  recounted: "ballots in the box",
  disagreements: "disagreements",
  open: "voting open (1) or not (0)",
  unstated: "opening not stated",
  behindText: `## How far behind is it?
**Queue**: votes received but not decided yet, and the age of the oldest. **Counting lag**: the age of the oldest ballot accepted but not counted yet. p50, p95, p99: half of the votes, 95 in 100 and 99 in 100 are faster than this.`,
  queue: "Votes waiting to be decided",
  waiting: "waiting",
  oldest: "age of the oldest (s)",
  iteratorAge: "Counting lag (ms)",
  officeQueue: "Jobs of the office, waiting",
  toDecision: "From receipt to decision (ms)",
  toCount: "From decision to count (ms)",
  failedText: `## What failed?
**Set aside**: votes that the system could not decide; they are kept, and retried by hand. **Errors**: attempts that failed, which are retried automatically. **Throttled**: calls beyond AWS's limits, which it refused and which are retried.`,
  setAside: "Set aside",
  deadLetters: "votes",
  officeDeadLetters: "jobs of the office",
  errors: "Errors, by part of the system",
  throttles: "Throttled",
  throttledFunctions: "functions",
  throttledTables: "tables",
  refused: "Invalid votes, by reason",
  electionsText: `## Election by election
One line per election or law, labelled with its identifier.`,
  perSubmitted: "Received, by election",
  perAccepted: "Accepted, by election",
  perCounted: "Counted, by election",
  perDisagreements: "Disagreements, by election",
  latency: "Time to answer a request (ms)",
  costText: `## What has it cost so far?
An estimate in US dollars for the chosen time range: measured use times AWS's list price. Storage, logs, metrics, keys and the delivery network are not included.`,
  cost: "Cost in this time range (US$)",
  costLabels: { api: "requests", functions: "functions", queues: "queues", tables: "tables", total: "total" },
};

export const DASHBOARD_WORDS: Readonly<Record<Language, DashboardWords>> = { fr, en };

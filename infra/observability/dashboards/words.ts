import type { Language } from "#core/language.ts";

/** What the dashboard says to an observer who knows elections and has never seen AWS. */

const fr = {
  intro: `# Scrutin : ce qui se passe
Cette page se lit de haut en bas, comme le chemin d’un vote : **reçu**, **décidé**, **compté**. Elle montre la période choisie en haut à droite ; pour un jour de vote, choisissez l’heure d’ouverture. Rien ici ne dit qui a voté, ni quoi.`,
  alarms: "Tout va-t-il bien ? (vert : oui ; rouge : une alarme sonne)",
  alarmsMeaning: "## Ce que dit chaque alarme",
  alarmsHeader: "| Alarme | Ce que perd l’électeur tant qu’elle sonne |\n|---|---|",
  receivedText: `## Le vote de chacun arrive-t-il ?
**Reçus** : votes auxquels le système a répondu « reçu ». **Refoulées** : demandes de trop, à refaire. **En échec** : demandes qui ont reçu une erreur. Les deux dernières lignes doivent rester à zéro.`,
  received: "Votes reçus, demandes refoulées, demandes en échec",
  submitted: "reçus",
  turnedAway: "refoulées",
  failed: "en échec",
  soFar: "Sur toute la période",
  accepted: "acceptés",
  duplicates: "seconds votes refusés",
  invalid: "refusés",
  countedText: `## Chaque vote accepté est-il compté ?
Les lignes **acceptés** et **comptés** se suivent à quelques secondes près. **Nuls** : bulletins illisibles, comptés comme tels. À intervalle régulier, tout est recompté depuis l’urne : le nombre de **désaccords** doit être zéro.`,
  counted: "comptés",
  spoiled: "nuls",
  acceptedAndCounted: "Votes acceptés et votes comptés",
  uncounted: "acceptés moins comptés",
  recounts: "Recomptages de l’urne",
  recounted: "bulletins dans l’urne",
  disagreements: "désaccords",
  open: "scrutin ouvert (1) ou non (0)",
  behindText: `## De combien est-on en retard ?
**File d’attente** : votes reçus, pas encore décidés, et l’âge du plus ancien. **Retard du compte** : âge du plus ancien bulletin accepté, pas encore compté. p50, p95, p99 : la moitié des votes, 95 sur 100 et 99 sur 100 sont plus rapides que cela.`,
  queue: "Votes en attente de décision",
  waiting: "en attente",
  oldest: "âge du plus ancien (s)",
  iteratorAge: "Retard du compte (ms)",
  toDecision: "De la réception à la décision (ms)",
  toCount: "De la décision au compte (ms)",
  failedText: `## Qu’est-ce qui a échoué ?
**Mis de côté** : votes que le système n’a pas pu décider ; ils sont gardés et repris à la main. **Erreurs** : essais manqués, repris automatiquement. **Freinés** : ce qu’AWS a retenu parce qu’il y en avait trop.`,
  deadLetters: "Votes mis de côté",
  errors: "Erreurs, par partie du système",
  throttles: "Freinés",
  throttledFunctions: "fonctions",
  throttledTables: "tables",
  refused: "Votes refusés, par raison",
  electionsText: `## Scrutin par scrutin
Une ligne par scrutin, nommée par son identifiant.`,
  perSubmitted: "Reçus, par scrutin",
  perAccepted: "Acceptés, par scrutin",
  perCounted: "Comptés, par scrutin",
  perDisagreements: "Désaccords, par scrutin",
  latency: "Temps de réponse aux demandes (ms)",
  costText: `## Combien cela coûte-t-il jusqu’ici ?
Estimation en dollars américains pour la période choisie : l’usage mesuré, fois le prix affiché par AWS. Stockage, journaux, mesures, clés et réseau de diffusion n’y sont pas.`,
  cost: "Coût de la période ($ US)",
  costLabels: { api: "demandes", functions: "fonctions", queues: "file d’attente", tables: "tables", total: "total" },
} as const;

export type DashboardWords = {
  readonly [Word in keyof typeof fr]: (typeof fr)[Word] extends string
    ? string
    : Readonly<Record<keyof (typeof fr)[Word], string>>;
};

const en: DashboardWords = {
  intro: `# Scrutin: what is happening
This page reads from top to bottom, the way a vote goes: **received**, **decided**, **counted**. It shows the time chosen at the top right; for a polling day, choose the opening time. Nothing here says who voted, or what.`,
  alarms: "Is all well? (green: yes; red: an alarm rings)",
  alarmsMeaning: "## What each alarm says",
  alarmsHeader: "| Alarm | What the voter loses while it rings |\n|---|---|",
  receivedText: `## Is everybody's vote getting in?
**Received**: votes that the system answered "received". **Turned away**: requests too many, to be made again. **Failed**: requests that got an error. The last two lines must stay at zero.`,
  received: "Votes received, requests turned away, requests failed",
  submitted: "received",
  turnedAway: "turned away",
  failed: "failed",
  soFar: "Over the whole time",
  accepted: "accepted",
  duplicates: "second votes refused",
  invalid: "refused",
  countedText: `## Is each accepted vote counted?
The lines **accepted** and **counted** follow each other within seconds. **Spoiled**: ballots that cannot be read, counted as such. At regular times everything is recounted from the ballot box: the number of **disagreements** must be zero.`,
  counted: "counted",
  spoiled: "spoiled",
  acceptedAndCounted: "Votes accepted and votes counted",
  uncounted: "accepted minus counted",
  recounts: "Recounts of the ballot box",
  recounted: "ballots in the box",
  disagreements: "disagreements",
  open: "voting open (1) or not (0)",
  behindText: `## How far behind is it?
**Queue**: votes received and not decided yet, and the age of the oldest. **Counting lag**: the age of the oldest accepted ballot not counted yet. p50, p95, p99: half of the votes, 95 in 100 and 99 in 100 are faster than that.`,
  queue: "Votes waiting to be decided",
  waiting: "waiting",
  oldest: "age of the oldest (s)",
  iteratorAge: "Counting lag (ms)",
  toDecision: "From receipt to decision (ms)",
  toCount: "From decision to count (ms)",
  failedText: `## What failed?
**Set aside**: votes that the system could not decide; they are kept, and taken up again by hand. **Errors**: attempts that failed and are made again by themselves. **Held back**: what AWS kept waiting because there was too much of it.`,
  deadLetters: "Votes set aside",
  errors: "Errors, by part of the system",
  throttles: "Held back",
  throttledFunctions: "functions",
  throttledTables: "tables",
  refused: "Votes refused, by reason",
  electionsText: `## Election by election
One line for each election or law, named by its identifier.`,
  perSubmitted: "Received, by election",
  perAccepted: "Accepted, by election",
  perCounted: "Counted, by election",
  perDisagreements: "Disagreements, by election",
  latency: "Time to answer a request (ms)",
  costText: `## What has it cost so far?
An estimate in US dollars for the chosen time: measured use times AWS's list price. Storage, logs, metrics, keys and the delivery network are not in it.`,
  cost: "Cost of the time shown (US$)",
  costLabels: { api: "requests", functions: "functions", queues: "queue", tables: "tables", total: "total" },
};

export const DASHBOARD_WORDS: Readonly<Record<Language, DashboardWords>> = { fr, en };

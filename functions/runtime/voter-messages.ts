import type { Cancellation, ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";
import type { SelectionFault } from "#core/selection.ts";
import type { ProblemSlug } from "#functions/runtime/problem-contract.ts";

/** Every sentence from the API to a person, in both languages: what happened, what it means, what to do. */

type Sentence = Readonly<Record<Language, string>>;

export const PROBLEM_MESSAGES: Readonly<Record<ProblemSlug, Readonly<{ title: Sentence; detail: Sentence }>>> = {
  "malformed-json": {
    title: { en: "The request is not JSON", fr: "La requête n’est pas du JSON" },
    detail: {
      en: "The body of the request could not be read as JSON, or names a field twice. Nothing was recorded.",
      fr: "Le corps de la requête n’a pas pu être lu comme du JSON, ou nomme un champ deux fois. Rien n’a été enregistré.",
    },
  },
  "invalid-request": {
    title: { en: "Something in the request needs another look", fr: "Un élément de la requête est à revoir" },
    detail: {
      en: "The fields named below do not fit. Nothing was recorded; your right to vote is not used up.",
      fr: "Les champs nommés ci-dessous ne conviennent pas. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "wrong-signature": {
    title: { en: "The ballot is not signed for this voter", fr: "Le bulletin n’est pas signé pour cette personne" },
    detail: {
      en: "An envelope can be cast only by whoever sealed it. Mark and seal a ballot of your own. Nothing was recorded; your right to vote is not used up.",
      fr: "Une enveloppe ne peut être déposée que par la personne qui l’a scellée. Remplissez et scellez votre propre bulletin. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "unproved-ballot": {
    title: { en: "The ballot does not fit this voter and question", fr: "Le bulletin ne convient pas ici" },
    detail: {
      en: "The ballot is damaged, or was made for another card, region or question. Mark and seal a new one. Nothing was recorded; your right to vote is not used up.",
      fr: "Le bulletin est abîmé, ou a été préparé pour une autre carte, une autre région ou une autre question. Remplissez-en un nouveau et scellez-le. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "unsigned-ballot": {
    title: { en: "The ballot is not signed with this card", fr: "Le bulletin n’est pas signé avec cette carte" },
    detail: {
      en: "A ballot counts only with a signature by the code on the card that it was made for. Type the number and the code again, then cast the ballot. Nothing was recorded; your right to vote is not used up.",
      fr: "Un bulletin ne compte que signé à l’aide du code de la carte pour laquelle il a été préparé. Saisissez de nouveau le numéro et le code, puis déposez le bulletin. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "not-signed-in": {
    title: { en: "You are not signed in", fr: "Vous n’êtes pas en session" },
    detail: {
      en: "This address of the election office answers only people who are signed in. Sign in, and try again. Nothing was changed.",
      fr: "Cette adresse du bureau des élections ne répond qu’aux personnes qui ont ouvert une session. Ouvrez une session, puis réessayez. Rien n’a été modifié.",
    },
  },
  "signed-out": {
    title: { en: "You signed out", fr: "Votre session est fermée" },
    detail: {
      en: "You signed out after this session began, here or on another device. Sign in again. Nothing was changed.",
      fr: "Vous avez fermé vos sessions après l’ouverture de celle-ci, ici ou sur un autre appareil. Ouvrez une nouvelle session. Rien n’a été modifié.",
    },
  },
  "not-allowed": {
    title: { en: "Somebody else’s task", fr: "Une tâche confiée à d’autres" },
    detail: {
      en: "Your account is not in a group that may do this. Ask whoever manages the accounts. Nothing was changed.",
      fr: "Votre compte n’appartient à aucun groupe qui peut le faire. Adressez-vous à la personne qui gère les comptes. Rien n’a été modifié.",
    },
  },
  refused: {
    title: { en: "This cannot be done", fr: "Ce n’est pas possible" },
    detail: { en: "{why}", fr: "{why}" },
  },
  "not-found": {
    title: { en: "Nothing is there", fr: "Il n’y a rien ici" },
    detail: {
      en: "What was asked for does not exist, or no longer does.",
      fr: "Ce qui a été demandé n’existe pas, ou n’existe plus.",
    },
  },
  "sign-in-needed": {
    title: { en: "Sign in to vote", fr: "Connectez-vous pour voter" },
    detail: {
      en: "Voters of this election sign in with {issuer}, and the request has to carry the token that it gives, as Authorization: Bearer. Nothing was recorded; your right to vote is not used up.",
      fr: "Pour cette élection, on se connecte auprès de {issuer}, et la requête doit porter le jeton reçu, sous la forme Authorization: Bearer. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "sign-in-expired": {
    title: { en: "Your sign-in has expired", fr: "Votre connexion a expiré" },
    detail: {
      en: "Too much time has passed since you signed in with {issuer}. Sign in again and cast the same ballot. Nothing was recorded; your right to vote is not used up.",
      fr: "Trop de temps s’est écoulé depuis votre connexion auprès de {issuer}. Reconnectez-vous et déposez le même bulletin. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "sign-in-invalid": {
    title: { en: "This sign-in cannot be verified", fr: "Cette connexion n’a pas pu être vérifiée" },
    detail: {
      en: "The token is not one that {issuer} signed, or it is not valid yet. Sign in again and cast the same ballot. Nothing was recorded; your right to vote is not used up.",
      fr: "Le jeton n’a pas été signé par {issuer}, ou il n’est pas encore valide. Reconnectez-vous et déposez le même bulletin. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "wrong-issuer": {
    title: { en: "Signed in somewhere else", fr: "Connexion faite ailleurs" },
    detail: {
      en: "Voters of this election sign in with {issuer}, and the token comes from somewhere else. Nothing was recorded; your right to vote is not used up.",
      fr: "Pour cette élection, on se connecte auprès de {issuer}, et le jeton vient d’ailleurs. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "wrong-audience": {
    title: { en: "Signed in for something else", fr: "Connexion faite pour autre chose" },
    detail: {
      en: "The token was given for another service or another election. Sign in here and cast the same ballot. Nothing was recorded; your right to vote is not used up.",
      fr: "Le jeton a été donné pour un autre service ou une autre élection. Connectez-vous ici et déposez le même bulletin. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "wrong-nonce": {
    title: { en: "Signed in for another ballot", fr: "Connexion faite pour un autre bulletin" },
    detail: {
      en: "A sign-in from the ballot page is good for the sealed ballots that it was made for, and for no other. Sign in again to cast this one. Nothing was recorded; your right to vote is not used up.",
      fr: "Une connexion faite depuis la page de vote ne vaut que pour les bulletins scellés à ce moment-là. Reconnectez-vous pour déposer celui-ci. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "no-claim": {
    title: { en: "The sign-in does not say which voter you are", fr: "La connexion ne dit pas qui vote" },
    detail: {
      en: "The token that {issuer} gave has no {claim}, by which voters are found on the roll. Ask whoever manages your account, or call the election office. Nothing was recorded; your right to vote is not used up.",
      fr: "Le jeton donné par {issuer} n’a pas de {claim}, qui sert à trouver les personnes sur la liste électorale. Adressez-vous à qui gère votre compte, ou appelez le bureau électoral. Rien n’a été enregistré\u202f; votre droit de vote reste entier.",
    },
  },
  "provider-silent": {
    title: { en: "The sign-in service does not answer", fr: "Le service de connexion ne répond pas" },
    detail: {
      en: "{issuer} does not answer, so your sign-in cannot be verified just now. Your ballot was not received; send the same one again in a moment.",
      fr: "{issuer} ne répond pas, et votre connexion ne peut être vérifiée pour l’instant. Votre bulletin n’a pas été reçu\u202f; renvoyez le même dans un instant.",
    },
  },
  "not-open-yet": {
    title: { en: "Voting is not open yet", fr: "Le vote n’est pas encore ouvert" },
    detail: {
      en: "Voting opens on {opens}, and not before its opening statement is published.",
      fr: "Le vote ouvre le {opens}, et pas avant la publication de son énoncé d’ouverture.",
    },
  },
  "voting-closed": {
    title: { en: "Voting is closed", fr: "Le vote est terminé" },
    detail: { en: "Voting closed on {closes}.", fr: "Le vote a pris fin le {closes}." },
  },
  "voting-cancelled": {
    title: { en: "This vote was cancelled", fr: "Ce vote est annulé" },
    detail: {
      en: "This vote was cancelled on {cancelled}. The reason: {reason} Ballots that were cast stay sealed, and none is counted.",
      fr: "Ce vote est annulé depuis le {cancelled}. Le motif\u00a0: {reason} Les bulletins déposés restent scellés, et aucun n’est compté.",
    },
  },
  "not-through-site": {
    title: { en: "Not the public address", fr: "Cette adresse n’est pas publique" },
    detail: {
      en: "This address answers only requests that come through the site. Use the site’s own address. Nothing was recorded.",
      fr: "Cette adresse ne répond qu’aux requêtes qui passent par le site. Utilisez l’adresse du site. Rien n’a été enregistré.",
    },
  },
  "unknown-election": {
    title: { en: "No such vote", fr: "Vote introuvable" },
    detail: {
      en: "There is no vote with this number. Check the link or the number you were given.",
      fr: "Aucun vote ne porte ce numéro. Vérifiez le lien ou le numéro qu’on vous a donné.",
    },
  },
  "unknown-region": {
    title: { en: "No such region", fr: "Région introuvable" },
    detail: {
      en: "This election has no region with this number.",
      fr: "Cette élection n’a pas de région de ce numéro.",
    },
  },
  "unknown-request": {
    title: { en: "No such request", fr: "Demande introuvable" },
    detail: {
      en: "This request number was not issued here. Copy the whole number you were given when you voted.",
      fr: "Ce numéro de demande n’a pas été émis ici. Copiez en entier le numéro reçu au moment du vote.",
    },
  },
  "no-opening": {
    title: { en: "No opening statement", fr: "Pas de déclaration d’ouverture" },
    detail: {
      en: "What this vote is about has not been stated yet. Voting opens only once it is.",
      fr: "L’objet de ce vote n’est pas encore déclaré. Le vote n’ouvre qu’ensuite.",
    },
  },
  "no-such-route": {
    title: { en: "Nothing here", fr: "Rien à cette adresse" },
    detail: {
      en: "The API has no such address. All addresses are listed at /api/v1/docs.",
      fr: "L’API n’a pas cette adresse. La liste des adresses se trouve à /api/v1/docs.",
    },
  },
  "wrong-method": {
    title: { en: "Not with this method", fr: "Pas avec cette méthode" },
    detail: {
      en: "The header Allow lists the methods of this address. Nothing was recorded.",
      fr: "L’en-tête Allow énumère les méthodes de cette adresse. Rien n’a été enregistré.",
    },
  },
  "body-too-large": {
    title: { en: "The request is too large", fr: "La requête est trop volumineuse" },
    detail: {
      en: "A ballot takes less than 16 kB. Nothing was recorded.",
      fr: "Un bulletin tient en moins de 16 ko. Rien n’a été enregistré.",
    },
  },
  "not-json": {
    title: { en: "The request is not declared as JSON", fr: "La requête n’est pas déclarée comme du JSON" },
    detail: {
      en: "Send it with the header Content-Type: application/json. Nothing was recorded.",
      fr: "Envoyez-la avec l’en-tête Content-Type: application/json. Rien n’a été enregistré.",
    },
  },
  "too-many-requests": {
    title: { en: "Too many requests", fr: "Trop de requêtes" },
    detail: {
      en: "Many people are voting at once. Wait a moment and try again; nothing is lost.",
      fr: "Beaucoup de personnes votent en même temps. Attendez un instant et réessayez\u202f; rien n’est perdu.",
    },
  },
  "too-many-guesses": {
    title: { en: "Too many wrong codes", fr: "Trop de codes erronés" },
    detail: {
      en: "Several wrong codes were tried. Wait {seconds} s and send the same ballot again, or vote from another network; your right to vote is not used up.",
      fr: "Plusieurs codes erronés ont été essayés. Attendez {seconds} s et renvoyez le même bulletin, ou votez depuis un autre réseau\u202f; votre droit de vote reste entier.",
    },
  },
  "internal-error": {
    title: { en: "Something went wrong here", fr: "Une erreur s’est produite ici" },
    detail: {
      en: "The request could not be handled. It was not your doing; please try again.",
      fr: "La requête n’a pas pu être traitée. Vous n’y êtes pour rien\u202f; veuillez réessayer.",
    },
  },
  "try-again": {
    title: { en: "Please try again in a moment", fr: "Veuillez réessayer dans un instant" },
    detail: {
      en: "A part of the system did not answer. Your ballot was not received; send the same one again.",
      fr: "Une partie du système n’a pas répondu. Votre bulletin n’a pas été reçu\u202f; renvoyez le même.",
    },
  },
};

export const SELECTION_FAULT_MESSAGES: Readonly<Record<SelectionFault, Sentence>> = {
  "wrong-method": { en: "This vote is not cast in this way.", fr: "Ce vote ne s’exprime pas de cette façon." },
  "unknown-choice": { en: "Answer oui or non.", fr: "Répondez oui ou non." },
  "unknown-candidate": {
    en: "This candidate does not stand in this region.",
    fr: "Cette personne ne se présente pas dans cette région.",
  },
  "no-candidate": { en: "Name at least one candidate.", fr: "Nommez au moins une personne." },
  "repeated-candidate": { en: "Name each candidate once.", fr: "Nommez chaque personne une seule fois." },
  "too-many-choices": { en: "Too many candidates are marked.", fr: "Trop de personnes sont cochées." },
  "too-many-rankings": { en: "Too many candidates are ranked.", fr: "Trop de personnes sont classées." },
  "blank-not-allowed": { en: "This vote does not allow blank ballots.", fr: "Ce vote n’admet pas de bulletin blanc." },
};

export const WITHDRAWN_MESSAGE: Sentence = {
  en: "This candidate has withdrawn and can no longer be chosen.",
  fr: "Cette personne s’est retirée et ne peut plus être choisie.",
};

export const FIELD_MESSAGES = {
  missing: { en: "This field is missing.", fr: "Ce champ manque." },
  unknown: { en: "This field is unknown.", fr: "Ce champ est inconnu." },
  invalid: { en: "This field does not have the expected form.", fr: "Ce champ n’a pas la forme attendue." },
  oneSelection: { en: "Give exactly one choice or one envelope.", fr: "Donnez un seul choix ou une seule enveloppe." },
  envelope: {
    en: "This envelope is damaged or was not sealed for this election.",
    fr: "Cette enveloppe est abîmée ou n’a pas été scellée pour cette élection.",
  },
  envelopeOnly: { en: "This field goes with an envelope.", fr: "Ce champ va avec une enveloppe." },
  trackingCode: {
    en: "A tracking code has 20 letters and digits, such as ABCDE FGHIJ KLMNO PQRST.",
    fr: "Un code de suivi compte 20 lettres et chiffres, comme ABCDE FGHIJ KLMNO PQRST.",
  },
  credential: { en: "Check this field against your card.", fr: "Vérifiez ce champ d’après votre carte." },
} as const satisfies Record<string, Sentence>;

export const STATUS_MESSAGES = {
  queued: {
    en: "Your ballot is in the queue. You can close this page; it will be counted.",
    fr: "Votre bulletin est dans la file. Vous pouvez fermer cette page\u202f; il sera compté.",
  },
  "held-back": {
    en: "Your ballot was received in time and will be counted if your code is right. Wrong codes were tried for your number, so you will know the outcome within 15 minutes. You can close this page.",
    fr: "Votre bulletin est reçu à temps et sera compté si votre code est juste. Des codes erronés ont été essayés pour votre numéro\u00a0: l’issue sera connue d’ici 15 minutes. Vous pouvez fermer cette page.",
  },
  "in-line": {
    en: "Your ballot was received in time and will be counted if your code is right. Many wrong codes come from your network, so you will know the outcome within {minutes} min. You can close this page.",
    fr: "Votre bulletin est reçu à temps et sera compté si votre code est juste. Beaucoup de codes erronés viennent de votre réseau\u00a0: l’issue sera connue d’ici {minutes} min. Vous pouvez fermer cette page.",
  },
  accepted: { en: "Your ballot is in the box.", fr: "Votre bulletin est dans l’urne." },
  duplicate: {
    en: "A ballot from you was already in the box. This one was not counted; the first one stands.",
    fr: "Un bulletin de votre part était déjà dans l’urne. Celui-ci n’a pas été compté\u202f; le premier reste valable.",
  },
  "unknown-credentials": {
    en: "We could not match what you typed against the electoral roll. Check each field; your right to vote is not used up.",
    fr: "Nous n’avons pas trouvé ce que vous avez saisi sur la liste électorale. Vérifiez chaque champ\u202f; votre droit de vote reste entier.",
  },
  "wrong-region": {
    en: "You are on the roll of another region. Vote there; your right to vote is not used up.",
    fr: "Vous êtes sur la liste d’une autre région. Votez dans celle-ci\u202f; votre droit de vote reste entier.",
  },
  cancelled: {
    en: "This vote was cancelled on {cancelled}. The reason: {reason} Your ballot was received; it stays sealed and is not counted.",
    fr: "Ce vote est annulé depuis le {cancelled}. Le motif\u00a0: {reason} Votre bulletin a été reçu\u202f; il reste scellé et n’est pas compté.",
  },
  reissued: {
    en: "This code was replaced on {date}, before a ballot was cast with it. Vote with your new code; your right to vote is not used up.",
    fr: "Ce code a été remplacé le {date}, avant qu’un bulletin ne soit déposé avec lui. Votez avec votre nouveau code\u202f; votre droit de vote reste entier.",
  },
  moved: {
    en: "You were moved to the roll of another region on {date}, with a new code. Vote there with that code; your right to vote is not used up.",
    fr: "Vous avez été inscrit sur la liste d’une autre région le {date}, avec un nouveau code. Votez-y avec ce code\u202f; votre droit de vote reste entier.",
  },
  removed: {
    en: "This name was taken off the electoral roll on {date}. If that is a mistake, call the election office before voting closes.",
    fr: "Ce nom a été retiré de la liste électorale le {date}. Si c’est une erreur, appelez le bureau des élections avant la fin du vote.",
  },
  "voted-elsewhere": {
    en: "The election office recorded on {date} that you voted elsewhere, on paper or by mail. If you did not, call the election office before voting closes.",
    fr: "Le bureau des élections a noté le {date} que vous avez voté autrement, sur papier ou par la poste. Si ce n’est pas le cas, appelez-le avant la fin du vote.",
  },
} as const satisfies Record<string, Sentence>;

/** When and why an election was cancelled, for the sentences that say so. */
export function tellCancellation(
  definition: ElectionDefinition,
  { at, reason }: Cancellation,
  language: Language,
): Readonly<{ cancelled: string; reason: string }> {
  return { cancelled: tellInstant(definition, at, language), reason: reason[language] };
}

/** A date and time for voters, in the election's time zone: "December 31, 2099 at 8:00 p.m. EST". */
export const tellInstant = ({ timeZone }: ElectionDefinition, instant: string, language: Language): string =>
  formatInstant(language, instant, timeZone);

import { sentences } from "#core/sentences.ts";
import { countsIn } from "#web/format.ts";
import type { VerdictMessages } from "#web/messages/verdict-en.ts";

const { count, plural } = countsIn("fr");

const ofWhole = (votes: number, one: string, many: string): string =>
  votes === 1 ? `de ${one}` : `des ${count(votes)}\u00a0${many}`;
const seatsOf = (filled: number, seats: number): string =>
  filled === seats
    ? seats === 1
      ? "le siège"
      : `les ${count(seats)}\u00a0sièges`
    : `${count(filled)} des ${count(seats)}\u00a0sièges`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** Whether a verb beside so many seats is in the plural. */
const isMany = (filled: number): boolean => filled >= 2;

export const verdictFr: VerdictMessages = {
  ofVotes: (share, votes) =>
    votes === 1 ? `${share} du seul suffrage exprimé` : `${share} des ${count(votes)}\u00a0suffrages exprimés`,
  ofBallots: (share, ballots) => `${share} ${ofWhole(ballots, "l’unique bulletin valide", "bulletins valides")}`,
  inRound: (share, votes, round) => `${share} ${ofWhole(votes, "la seule voix", "voix")} au tour\u00a0${count(round)}`,
  points: (digits, points) => `${digits}\u00a0${points < 2 ? "point" : "points"}`,
  law: {
    adopted: (share) => `La loi est adoptée avec ${share}`,
    rejected: (share) => `La loi est rejetée\u00a0: le Oui obtient ${share}`,
    noVotes: "La loi est rejetée\u00a0: aucun suffrage n’est exprimé",
    needed: {
      "more-than": (share) => ` et il en fallait plus de ${share}`,
      "at-least": (share) => ` et il en fallait au moins ${share}`,
    },
    soFar: (share) => `Pour l’instant, le Oui obtient ${share}`,
    needs: {
      "more-than": (share) => ` et il en faut plus de ${share}`,
      "at-least": (share) => ` et il en faut au moins ${share}`,
    },
    quorum: (quorum) => `\u202f; le quorum de ${quorum} est atteint`,
    quorumMissed: (share, onRoll, quorum) =>
      `La loi n’est pas adoptée\u00a0: ${share} des ${plural(onRoll, "personne inscrite", "personnes inscrites")} ont voté, et le quorum de ${quorum} n’est pas atteint`,
    quorumNotReached: (quorum) => `La loi n’est pas adoptée\u00a0: le quorum de ${quorum} n’est pas atteint`,
    quorumSoFar: (share, quorum) => `\u202f; ${share} des personnes inscrites ont voté, et le quorum est de ${quorum}`,
    missing: (votes) => `Parmi ces voix, il manque ${count(votes)}\u00a0Oui.`,
    missingInEnd: (votes) => `Parmi ces voix, il a manqué ${count(votes)}\u00a0Oui.`,
    missingBallots: (ballots) => `Il manque ${plural(ballots, "bulletin", "bulletins")}.`,
    missingBallotsInEnd: (ballots) => `Il a manqué ${plural(ballots, "bulletin", "bulletins")}.`,
    line: {
      "more-than": (share) => `Requis\u00a0: plus de ${share}`,
      "at-least": (share) => `Requis\u00a0: au moins ${share}`,
    },
    quorumLine: (share) => `Quorum\u00a0: ${share}`,
  },
  lead: (votes, points) => `${count(votes)}\u00a0voix (${points})`,
  ahead: (lead, next) => `, soit ${lead} de plus que ${next}`,
  alone: "\u202f; personne d’autre n’a de voix",
  each: (votes, share) => `avec ${count(votes)}\u00a0voix (${share})`,
  final: {
    elected: (name, share) => `${name} remporte l’élection avec ${share}`,
    byLot: (name, names, each) =>
      `${name} remporte l’élection par tirage au sort\u00a0: ${names} sont à égalité ${each}`,
    tie: (names, each) => `Personne ne remporte l’élection\u00a0: ${names} sont à égalité ${each}`,
    tieOverElimination: (names, round) =>
      `Personne ne remporte l’élection\u00a0: ${names} sont à égalité pour une mise hors course au tour\u00a0${count(round)}, dont dépend le résultat`,
    several: (names, filled, seats) =>
      `${capital(seatsOf(filled, seats))} ${isMany(filled) ? "vont" : "va"} à ${names}`,
    filled: (filled, seats) => `${capital(seatsOf(filled, seats))} ${isMany(filled) ? "sont pourvus" : "est pourvu"}`,
    noVotes: "Personne ne remporte l’élection\u00a0: aucun bulletin ne nomme qui que ce soit",
  },
  soFar: {
    elected: (name, share) => `Pour l’instant, ${name} mène avec ${share}`,
    byLot: (name, names, each) =>
      `Pour l’instant, ${name} mène par tirage au sort\u00a0: ${names} sont à égalité ${each}`,
    tie: (names, each) => `Pour l’instant, ${names} sont à égalité ${each}`,
    tieOverElimination: (names, round) =>
      `Pour l’instant, ${names} sont à égalité pour une mise hors course au tour\u00a0${count(round)}, dont dépend le résultat`,
    several: (names, filled, seats) =>
      `Pour l’instant, ${seatsOf(filled, seats)} ${isMany(filled) ? "iraient" : "irait"} à ${names}`,
    filled: (filled, seats) =>
      `Pour l’instant, ${seatsOf(filled, seats)} ${isMany(filled) ? "seraient pourvus" : "serait pourvu"}`,
    noVotes: "Aucune voix n’est encore comptée",
  },
  wouldWin: (name, share) => `Pour l’instant, ${name} remporterait l’élection avec ${share}`,
  lastAhead: (last, lead, next) => `\u202f; ${last} devance ${next} de ${lead}`,
  open: (names, seats) =>
    `\u202f; ${names} sont à égalité pour ${seats === 1 ? "le dernier siège" : `les ${count(seats)}\u00a0derniers sièges`}`,
  openOverElimination: (names, seats) =>
    `\u202f; une égalité pour une mise hors course, entre ${names}, laisse ${plural(seats, "siège vacant", "sièges vacants")}`,
  votes: (name, votes) => `${name} (${count(votes)})`,
  inOrder: (names) => sentences`Le plus de voix d’abord\u00a0: ${names}.`,
  inOrderOfRounds: (names) => sentences`Dans l’ordre de l’élection\u00a0: ${names}.`,
  inItsRound: (name, round) => `${name} (tour\u00a0${count(round)})`,
  quota: (quota, valid) =>
    `Le quota est de ${count(quota)}\u00a0voix sur ${plural(valid, "suffrage exprimé", "suffrages exprimés")}.`,
  exhausted: (ballots) =>
    `${plural(ballots, "bulletin est épuisé", "bulletins sont épuisés")}\u00a0: plus personne n’y est en course.`,
  withdrew: (names) => sentences`Candidature retirée, mais comptée selon les règles de cette élection\u00a0: ${names}.`,
  turnout: (share, of) => sentences`Participation\u00a0: ${share}, soit ${of}.`,
  ofRoll: (ballots, onRoll) => `${count(ballots)} sur ${count(onRoll)}`,
  firstChoices: "Premiers choix",
  counting: "Le vote a pris fin. Les derniers bulletins sont en cours de dépouillement.",
  majorityLine: (share) => `Majorité\u00a0: plus de ${share}`,
  quotaLine: (votes) => `Quota\u00a0: ${count(votes)}`,
  seatsAhead: (seats, next) => sentences`${plural(seats, "siège", "sièges")} de plus que ${next}.`,
  seats: (seats) => plural(seats, "siège", "sièges"),
};

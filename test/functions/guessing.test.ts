import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MOST_DELAY_SECONDS } from "#core/guessing.ts";
import { race } from "#test/definitions.ts";
import { MOST_LISTED, openPolls, type Polls, type Posted, type Voter } from "#test/functions/polls.ts";

/** Guessers are slowed, wherever they are; the voter whose number they guess at can still vote. */

const GUESSER = "198.51.100.66";
const HOME = "203.0.113.7";

let polls: Polls;
beforeAll(async () => {
  polls = await openPolls();
});
afterAll(() => polls?.close());

const voterNo = (number: number): Voter => ({ nas: String(100_000_000 + number), code: "GOOD01" });
const VICTIM = voterNo(0);
const guess = (number: number): Voter => ({ ...VICTIM, code: `X${String(number).padStart(5, "0")}` });
const received = (posted: readonly Posted[]): number => posted.filter(({ status }) => status === 202).length;

/** Every test has an election of its own, and starts at a full hour. */
let electionId = "";
let elections = 0;
beforeEach(async () => {
  electionId = `E${++elections}`;
  polls.startHour();
  await polls.register(
    race({ electionId }),
    Array.from({ length: 400 }, (_, number) => voterNo(number)),
  );
});

/** Posts guesses one after the other, `everySeconds` apart, and decides in between what is due. */
async function guessAt(
  count: number,
  from: (index: number) => string,
  everySeconds: number,
  firstGuess = 0,
): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (let index = 0; index < count; index++) {
    const voter = guess(firstGuess + index);
    posted.push(await polls.post(electionId, { voter, from: from(index), environment: index % 8 }));
    await polls.pass(everySeconds);
  }
  return posted;
}

const sentNow = () => polls.sent().at(-1);

describe("codes guessed for one number from one address", () => {
  test("five are free, then one try a minute, whichever environment receives it", async () => {
    const posted = await guessAt(30, () => GUESSER, 10);
    // Five in the first 50 s; of the other 25, over 250 s, one a minute.
    expect(received(posted)).toBeGreaterThanOrEqual(5 + 4);
    expect(received(posted)).toBeLessThanOrEqual(5 + 5);
    const refused = posted.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
    for (const { retryAfter } of refused) {
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    }
  });

  test("a burst is slowed before its first guess is decided", async () => {
    const posted = await Promise.all(
      Array.from({ length: 40 }, (_, index) => polls.post(electionId, { voter: guess(index), from: GUESSER })),
    );
    expect(received(posted)).toBeLessThanOrEqual(6);
  });

  test("a burst over all environments at once gets five tries in each, and one more", async () => {
    const posted = await Promise.all(
      Array.from({ length: 160 }, (_, index) =>
        polls.post(electionId, { voter: guess(index), from: GUESSER, environment: index % 8 }),
      ),
    );
    expect(received(posted)).toBeLessThanOrEqual(8 * 5 + 1);
  });
});

describe("codes guessed for one number from many addresses", () => {
  test("each is decided later than the one before, up to a quarter of an hour", async () => {
    const first = polls.sent().length;
    await guessAt(12, (index) => `198.51.100.${index}`, 12);
    const delays = polls
      .sent()
      .slice(first)
      .map(({ delaySeconds }) => delaySeconds);
    expect(delays.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 15]);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBeGreaterThan(60);
    await guessAt(12, (index) => `198.51.100.${index + 20}`, 200, 100);
    expect(sentNow()?.delaySeconds).toBe(MOST_DELAY_SECONDS);
  });
});

describe("the true voter", () => {
  test("votes during the attack from any other address: received at once, decided within 15 minutes", async () => {
    await guessAt(20, () => GUESSER, 10);
    const attackedAt = polls.now();
    const posted = await polls.post(electionId, { voter: VICTIM, from: HOME });
    expect(posted.status).toBe(202);
    expect(posted.message).toContain("15 minutes");
    const { vote, delaySeconds } = sentNow() ?? {};
    expect(Date.parse(vote?.castAt ?? "")).toBe(Math.floor(attackedAt / 60_000) * 60_000);
    expect(delaySeconds).toBeGreaterThan(0);
    expect(await polls.ballotOf(electionId, VICTIM)).toBeUndefined();

    // The guesser keeps going.
    for (let minute = 0; minute < 15; minute++) {
      await polls.post(electionId, { voter: guess(1000 + minute), from: GUESSER, environment: minute % 8 });
      await polls.pass(60);
    }
    expect(await polls.ballotOf(electionId, VICTIM)).toBe(vote?.trackingCode);
  });

  test("is received while sixty addresses guess at the number", async () => {
    await guessAt(60, (index) => `192.0.2.${index}`, 5);
    const posted = await polls.post(electionId, { voter: VICTIM, from: HOME });
    expect(posted.status).toBe(202);
    await polls.pass(MOST_DELAY_SECONDS);
    expect(await polls.ballotOf(electionId, VICTIM)).toBe(sentNow()?.vote.trackingCode);
  });

  test("a voter who keeps mistyping waits at most a minute, and is received", async () => {
    await guessAt(10, () => HOME, 10);
    const posted = await polls.post(electionId, { voter: VICTIM, from: HOME });
    if (posted.status !== 202) {
      await polls.pass(Number(posted.retryAfter));
      expect((await polls.post(electionId, { voter: VICTIM, from: HOME })).status).toBe(202);
    }
    await polls.pass(MOST_DELAY_SECONDS);
    expect(await polls.ballotOf(electionId, VICTIM)).toBe(sentNow()?.vote.trackingCode);
  });

  test("a voter who gets no answer and resends the same ballot need not wait", async () => {
    await guessAt(8, () => GUESSER, 12);
    const twice = [
      await polls.post(electionId, { voter: VICTIM, from: HOME }),
      await polls.post(electionId, { voter: VICTIM, from: HOME }),
    ];
    expect(received(twice)).toBe(2);
  });

  test("of another number notices nothing", async () => {
    await guessAt(20, () => GUESSER, 10);
    expect((await polls.post(electionId, { voter: voterNo(1), from: GUESSER })).status).toBe(202);
    expect(sentNow()?.delaySeconds).toBe(0);
  });

  test("is received when the table of guesses does not answer", async () => {
    expect((await polls.postWithoutGuesses(electionId, { voter: VICTIM, from: HOME })).status).toBe(202);
    expect(sentNow()?.delaySeconds).toBe(0);
  });
});

describe("what counts as a guess", () => {
  const delayAfter = async (): Promise<number | undefined> => {
    await polls.pass(12);
    await polls.post(electionId, { voter: voterNo(0), from: HOME, environment: 7 });
    return sentNow()?.delaySeconds;
  };

  test("the same wrong code again does not", async () => {
    for (let time = 0; time < 12; time++) await polls.post(electionId, { voter: guess(1), from: HOME });
    expect(await delayAfter()).toBe(0);
  });

  test("a message delivered again does not", async () => {
    await guessAt(4, () => GUESSER, 1);
    const guessed = polls
      .sent()
      .slice(-4)
      .map(({ vote }) => vote);
    for (let time = 0; time < 5; time++) await polls.deliverAgain(guessed);
    expect(await delayAfter()).toBe(0);
  });

  test("the right code in a wrong region does, since it confirms a code without spending it", async () => {
    await guessAt(4, () => GUESSER, 1);
    await polls.post(electionId, { voter: VICTIM, from: GUESSER, regionId: "2" });
    expect(await delayAfter()).toBe(15);
  });

  test("a second ballot with the right code does not", async () => {
    for (let time = 0; time < 12; time++) await polls.post(electionId, { voter: VICTIM, from: HOME });
    expect(await delayAfter()).toBe(0);
  });

  test("the hour's count ends with the hour", async () => {
    await guessAt(10, () => GUESSER, 12);
    await polls.pass(3600);
    expect(await delayAfter()).toBe(0);
  });
});

describe("codes guessed for many numbers from one address", () => {
  const spray = async (count: number, from: string, firstNumber: number): Promise<Posted[]> => {
    const posted: Posted[] = [];
    for (let index = 0; index < count; index++) {
      const voter = { nas: voterNo(firstNumber + index).nas, code: "WRONG1" };
      posted.push(await polls.post(electionId, { voter, from }));
    }
    return posted;
  };

  /** How many of what an address sent was, or will be, decided in each second from now on. */
  const decidedBySecond = (): readonly number[] => {
    const due = polls.sent().filter(({ vote, dueMs }) => vote.electionId === electionId && dueMs > polls.now());
    return [...Map.groupBy(due, ({ dueMs }) => Math.floor(dueMs / 1000)).values()].map(({ length }) => length);
  };

  test("a hundred an hour are free, then ten a second are decided; other addresses notice nothing", async () => {
    expect(received(await spray(110, GUESSER, 1000))).toBe(110);
    await polls.pass(12);
    expect(received(await spray(50, GUESSER, 2000))).toBe(50);
    expect(decidedBySecond()).toEqual([10, 10, 10, 10, 9]);
    expect((await polls.post(electionId, { voter: voterNo(2), from: HOME })).status).toBe(202);
    expect(sentNow()?.delaySeconds).toBe(0);
  });

  test("neither repeating one wrong ballot in between, nor being refused, buys an address more", async () => {
    const repeated = { nas: voterNo(9000).nas, code: "WRONG1" };
    const first = polls.sent().length;
    for (let second = 0; second < 20; second++) {
      for (let index = 0; index < 10; index++) {
        await spray(2, GUESSER, 10_000 + second * 20 + index * 2);
        await polls.post(electionId, { voter: repeated, from: GUESSER });
        await polls.post(electionId, { voter: repeated, from: GUESSER });
      }
      await polls.pass(1);
    }
    const codes = polls.sent().slice(first);
    const decided = new Set(codes.filter(({ dueMs }) => dueMs <= polls.now()).map(({ vote }) => vote.hash));
    // 400 were sent in 20 s; a hundred are free, and it takes a hundred more to tell that half are wrong.
    expect(decided.size).toBeLessThanOrEqual(200 + 10 * 15);
    expect(Math.max(...decidedBySecond())).toBeLessThanOrEqual(10 + 1);
  });

  test("a code sent twice is not decided sooner", async () => {
    await spray(110, GUESSER, 1000);
    await polls.pass(12);
    await spray(100, GUESSER, 2000);
    const voter = { nas: voterNo(3000).nas, code: "WRONG1" };
    await polls.post(electionId, { voter, from: GUESSER });
    const once = sentNow()?.delaySeconds ?? 0;
    expect(once).toBeGreaterThanOrEqual(9);
    await polls.post(electionId, { voter, from: GUESSER });
    expect(sentNow()?.delaySeconds).toBe(once);
  });

  test("every voter behind the guesser's address is received at the first try, told to wait for minutes, and counted", async () => {
    await spray(110, GUESSER, 1000);
    await polls.pass(12);
    await spray(700, GUESSER, 2000);
    const voters = Array.from({ length: 30 }, (_, number) => voterNo(300 + number));
    const posted: Posted[] = [];
    for (const [index, voter] of voters.entries()) {
      posted.push(await polls.post(electionId, { voter, from: GUESSER, environment: index % 8 }));
    }
    expect(received(posted)).toBe(30);
    expect(new Set(posted.map(({ message }) => /within (\d+) min/.exec(message)?.[1]))).toEqual(new Set(["2"]));
    await polls.pass(90);
    for (const voter of voters) expect(await polls.ballotOf(electionId, voter)).toBeDefined();
  });

  test("a number is known to be guessed at even when the list of all of them is too long to read", async () => {
    await polls.listDecoys(electionId, MOST_LISTED);
    await guessAt(6, () => GUESSER, 1);
    await polls.pass(12);
    await polls.post(electionId, { voter: VICTIM, from: HOME, environment: 7 });
    expect(sentNow()?.delaySeconds).toBeGreaterThanOrEqual(15);
  });

  test("a polling hall where one in three mistypes is not slowed", async () => {
    await spray(110, "192.0.2.50", 3000);
    for (let number = 10; number < 250; number++) {
      await polls.post(electionId, { voter: voterNo(number), from: "192.0.2.50" });
    }
    await polls.pass(12);
    const posted: Posted[] = [];
    for (let number = 250; number < 300; number++) {
      posted.push(await polls.post(electionId, { voter: voterNo(number), from: "192.0.2.50" }));
    }
    expect(received(posted)).toBe(50);
  });
});

test("the table of guesses holds no number, code, voter's hash or address, and its rows expire", async () => {
  await guessAt(8, () => GUESSER, 12);
  const rows = await polls.guessRows();
  expect(rows.length).toBeGreaterThan(3);
  const text = JSON.stringify(rows);
  const hashes = polls.sent().map(({ vote }) => vote.hash);
  for (const secret of [VICTIM.nas, guess(1).code, GUESSER, ...hashes]) expect(text).not.toContain(secret);
  for (const row of rows) expect(row).toHaveProperty("expiresAt");
});

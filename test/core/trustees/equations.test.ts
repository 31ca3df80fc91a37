import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allHold, type Equation, holds } from "#core/trustees/equations.ts";
import { base, multiply, ORDER, type Scalar, scalars } from "#core/trustees/group.ts";
import { random } from "#test/core/trustees/contexts.ts";

const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });
const two = multiply(base, 2n);

/** s·G + t·2G + (-s - 2t + error)·G, which holds where there is no error. */
const equationOf = (s: Scalar, t: Scalar, error: Scalar): Equation => [
  [s, base],
  [t, two],
  [scalars.subtract(error, scalars.add(s, scalars.multiply(2n, t))), base],
];

describe("equations", () => {
  test("hold all at once when each does, and only then", () => {
    const some = fc.array(fc.tuple(scalar, scalar, fc.oneof(fc.constant(0n), scalar)), { maxLength: 5 });
    fc.assert(
      fc.property(some, (list) => {
        const equations = list.map(([s, t, error]) => equationOf(s, t, error));
        expect(equations.map(holds)).toEqual(list.map(([, , error]) => error === 0n));
        expect(allHold(equations, random)).toBe(list.every(([, , error]) => error === 0n));
      }),
      { numRuns: 40 },
    );
  });

  test("that are wrong do not make up for each other", () => {
    const [more, less] = [equationOf(3n, 4n, 5n), equationOf(6n, 7n, ORDER - 5n)];
    expect(holds([...more, ...less])).toBe(true);
    expect(allHold([more, less], random)).toBe(false);
  });

  test("are each weighed by bytes of their own", () => {
    let drawn = 0;
    const counted = (length: number): Uint8Array => {
      drawn += 1;
      return random(length);
    };
    expect(allHold([equationOf(1n, 2n, 0n), equationOf(3n, 4n, 0n), equationOf(5n, 6n, 0n)], counted)).toBe(true);
    expect(drawn).toBe(3);
  });

  test("of none hold, and the empty one does", () => {
    expect(allHold([], random)).toBe(true);
    expect(holds([])).toBe(true);
    expect(holds([[1n, base]])).toBe(false);
  });
});

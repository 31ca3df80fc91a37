import { describe, expect, test } from "vitest";
import { hashedValues, hashInput, normaliseFor, rollFields } from "#core/credential.ts";
import { describeFaults, fieldFaults } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { isIssuer } from "#core/identity.ts";
import { paperFaults } from "#core/paper.ts";
import { law, race } from "#test/definitions.ts";
import { IDENTITY } from "#test/identified.ts";

/** As a file that leaves out credentialFields. */
const signedIn = (overrides: object = {}) => race({ identity: IDENTITY, credentialFields: undefined, ...overrides });

describe("a definition whose voters sign in", () => {
  test("has no credential fields, read once or again from what is stored", () => {
    const definition = signedIn();
    expect(definition.credentialFields).toEqual([]);
    expect(ElectionDefinition.parse(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
  });

  test("cannot have credential fields as well", () => {
    const { credentialFields } = race();
    expect(describeFaults({ ...signedIn(), credentialFields })).toEqual([
      "credentialFields: has no place beside identity: who signs in types nothing.",
    ]);
  });

  test("has one or the other", () => {
    expect(describeFaults({ ...race(), credentialFields: [] })).toEqual([
      "credentialFields: must have at least 1 item, or the definition an identity.",
    ]);
  });

  test.each([
    [{ issuer: undefined }, "identity.issuer: is missing."],
    [
      { issuer: "http://voters.example.org" },
      "identity.issuer: an issuer is an address that begins with https, or with http on localhost.",
    ],
    [{ kind: "saml" }, "identity.kind: must be one of oidc."],
    [{ clientId: "" }, "identity.clientId: is empty."],
    [{ claim: "voter number" }, "identity.claim: has letters, digits and signs, no spaces."],
    [{ secret: "x" }, "identity: has a field that does not belong there: secret."],
  ])("is refused by its place: %j", (change, fault) => {
    expect(describeFaults({ ...signedIn(), identity: { ...IDENTITY, ...change } })).toEqual([fault]);
  });
});

test.each([
  ["https://login.example.org", true],
  ["https://example.org/tenant/v2.0/", true],
  ["http://localhost:3001/voters", true],
  ["http://127.0.0.1:3001/voters", true],
  ["http://localhost.example.org/voters", false],
  ["http://example.org", false],
  ["https://somebody@example.org", false],
  ["https://example.org/?tenant=1", false],
  ["https://example.org/#voters", false],
  ["ftp://example.org", false],
  ["example.org", false],
])("whether an issuer may be %s: %s", (address, isOne) => {
  expect(isIssuer(address)).toBe(isOne);
});

describe("a claim", () => {
  const [field] = rollFields(signedIn());
  if (field === undefined) throw new Error("the claim is the roll's column");

  test("names the roll's one column", () => {
    expect(rollFields(signedIn()).map(({ name }) => name)).toEqual(["voter_number"]);
  });

  test("keeps its spelling, without spaces around it", () => {
    expect(normaliseFor(field, " a.Roy@example.org\t")).toBe("a.Roy@example.org");
    expect(normaliseFor(field, "Zoe\u0308")).toBe("Zo\u00eb");
  });

  test("is hashed with the region, and never as typed credentials or another pair are", () => {
    const inputs = [
      hashInput(hashedValues(signedIn(), ["A|1"], "2"), "E1"),
      hashInput(hashedValues(signedIn(), ["A"], "1"), "E1"),
      hashInput(hashedValues(signedIn(), ["A"], "2"), "E1"),
      hashInput(hashedValues(race(), ["A", "1"], "1"), "E1"),
      hashInput(hashedValues(race(), ["A"], "1"), "E1"),
    ];
    expect(new Set(inputs).size).toBe(inputs.length);
  });
});

describe("a definition for a stage", () => {
  const faultsFor = (voterIssuers: readonly string[] | undefined, definition: unknown = signedIn()) =>
    fieldFaults(definition, voterIssuers).map(({ path, rule }) => [path.join("."), rule.en, rule.fr]);

  test("may name the stage's issuers, to the character, and nobody else", () => {
    expect(faultsFor([IDENTITY.issuer])).toEqual([]);
    expect(faultsFor([`${IDENTITY.issuer}/`])).toEqual([
      [
        "identity.issuer",
        "must be one of the stage's voterIssuers, to the character: https://voters.example.org/",
        "doit être, au caractère près, l’un des fournisseurs admis ici (paramètre voterIssuers)\u00a0: https://voters.example.org/",
      ],
    ]);
    expect(faultsFor([])).toMatchObject([
      ["identity.issuer", expect.stringMatching(/voterIssuers name none$/), expect.stringMatching(/n’en nomme aucun$/)],
    ]);
  });

  test("whose voters type credentials asks nothing of the stage, and neither does one for no stage", () => {
    expect(faultsFor([], race())).toEqual([]);
    expect(faultsFor(undefined)).toEqual([]);
  });

  test("with an issuer that is no address is told that alone", () => {
    const identity = { ...IDENTITY, issuer: "voters" };
    expect(faultsFor([], { ...signedIn(), identity })).toMatchObject([
      ["identity.issuer", expect.stringMatching(/^an issuer is an address/), expect.anything()],
    ]);
  });
});

test("questions of a paper have the same identity", () => {
  const mayor = signedIn({ electionId: "mayor", paper: "P" });
  const bylaw = (identity: unknown) => law({ electionId: "bylaw", paper: "P", identity, credentialFields: undefined });
  expect(paperFaults([mayor, bylaw(IDENTITY)])).toEqual([]);
  const asInMayor =
    "identity: must be voter_number of https://voters.example.org for scrutin-board, as in election mayor of the same paper P.";
  expect(paperFaults([mayor, bylaw({ ...IDENTITY, claim: "sub" })])).toEqual([
    { electionId: "bylaw", fault: expect.objectContaining({ en: asInMayor }) },
  ]);
  expect(paperFaults([mayor, bylaw(undefined)])).toEqual([
    { electionId: "bylaw", fault: expect.objectContaining({ en: asInMayor }) },
  ]);
});

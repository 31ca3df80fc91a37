import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Attack } from "#load/attack/attack.ts";
import { addressNo, outcomeOf, post, RECEIVED } from "#load/attack/shared/posting.ts";
import { type Ballot, requestOf } from "#load/shared/ballots.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo, startSystem } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { findElection } from "#storage/registered-elections.ts";

const DEFINITION = fileURLToPath(new URL("../../../elections/election-1.json", import.meta.url));
const ELECTION = "office-1";
/** The README's. */
const DEMO_VOTER = { nas: "123456789", code: "ABC123", electionId: ELECTION, regionId: "1" } as const;
const GUESSES = 40;
const FREE = 6;

export const foreignLaptop: Attack = {
  name: "foreign-laptop",
  attacker: "outsider",
  told: "an office runs its own election on a laptop: other users read its data folder, which was open to all; the README's demo voter votes; a guesser names another address in each request",
  isShort: false,
  run: () =>
    inTemporaryFolder(async (folder) => {
      const [elections, data] = [join(folder, "elections"), join(folder, "data")];
      await mkdir(elections);
      await mkdir(data);
      await chmod(data, 0o777);
      const definition = { ...(await readDefinition(DEFINITION, Date.now())), electionId: ELECTION };
      await writeFile(join(elections, "election.json"), JSON.stringify(definition));
      const environment = { DATA_DIR: data, ELECTIONS_DIR: elections, BELIEVE_VIEWER_ADDRESS: "" };
      await using system = await startSystem({ environment });
      using connection = connectTo(system);

      const open = [
        data,
        join(data, "secrets.json"),
        fileURLToPath(new URL(`../../../.scrutin/${new URL(system.url).port}.json`, import.meta.url)),
      ];
      const modes = await Promise.all(open.map(async (file) => (await stat(file)).mode & 0o077));
      const readable = modes.filter((mode) => mode !== 0).length;

      const { publicKey = "" } = (await findElection(connection, ELECTION)) ?? {};
      const [candidate] = definition.votingMethod === "single_choice" ? definition.candidates : [];
      if (candidate === undefined) throw new Error("the demonstration's first election is no single choice");
      const ballot: Ballot = {
        definition,
        publicKey,
        opening: undefined,
        voter: DEMO_VOTER,
        selection: { kind: "candidate", candidateId: candidate.candidateId },
      };
      const { status } = await outcomeOf(system.url, requestOf(ballot));
      const posted = await Promise.all(
        Array.from({ length: GUESSES }, (_, index) => {
          const voter = { ...DEMO_VOTER, nas: "900000001", code: `X${String(index).padStart(5, "0")}` };
          return post(system.url, { ...requestOf({ ...ballot, voter }), from: addressNo(index) });
        }),
      );
      const received = posted.filter((answer) => answer.status === RECEIVED).length;
      return {
        tried: open.length + 1 + GUESSES,
        learnt: `${readable} of ${open.length} files readable; the demo voter's ballot: ${status}; ${grouped(received)} of ${GUESSES} codes tried`,
        isRepelled: readable === 0 && status === "invalid" && received <= FREE,
      };
    }),
};

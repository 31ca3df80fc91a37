import { synthesize } from "#infra/synthesize.ts";
import type { Attack } from "#load/attack/attack.ts";
import { stagePolicies, type Way } from "#load/attack/shared/policies.ts";
import { grouped } from "#load/shared/report.ts";

/** The roles whose work needs the secrets of a kind (docs/threat-model.md). */
const READERS: Readonly<Record<string, readonly string[]>> = {
  "acknowledgement-key": ["submit"],
  pepper: ["office-roll", "officer", "submit"],
  "ballot-key": ["office-work", "officer", "recount", "tally"],
  "stamp-key": ["office-roll", "office-work", "officer", "recount", "submit", "tally"],
  "receipt-key": ["officer", "results", "submit", "vote-status"],
  "signing-key": ["office", "office-roll", "office-work", "officer", "state-opening"],
};
const WAYS: readonly Way[] = ["through Secrets Manager", "directly"];

export const stolenRoles: Attack = {
  name: "stolen-roles",
  attacker: "thief of a role",
  told: "whoever has each role of the synthesized stage, and an administrator with every right but those of the keys, reads each kind of secret, through Secrets Manager and with its ciphertext, as the policies allow",
  isShort: true,
  async run({ isFull }) {
    const stage = isFull ? "prod" : "local";
    const { templates } = await synthesize(stage);
    const policies = stagePolicies(Object.values(templates), `scrutin/${stage}`);
    let tried = 0;
    const read: string[] = [];
    let due = 0;
    for (const kind of Object.keys(READERS)) {
      for (const way of WAYS) {
        tried += policies.roles.length + 1;
        if (policies.administratorMayRead(kind, way)) read.push(`${kind} by an administrator`);
        for (const role of policies.roles.filter((name) => policies.mayRead(name, kind, way))) {
          const isReader = way === WAYS[0] && READERS[kind]?.includes(role.replace(`scrutin-${stage}-`, "")) === true;
          if (isReader) due += 1;
          else read.push(`${kind} by ${role}, ${way}`);
        }
      }
    }
    return {
      tried,
      learnt: `${grouped(read.length)} secrets that the role's work does not need${read.length > 0 ? `: ${read.join("; ")}` : ""}`,
      isRepelled: read.length === 0 && due > 0,
    };
  },
};

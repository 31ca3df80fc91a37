import type { Attack } from "#load/attack/attack.ts";
import { type Answered, ask, bearer, type Office, signIn } from "#load/attack/shared/office.ts";
import { grouped } from "#load/shared/report.ts";
import { startSystem } from "#local/system.ts";

const LAW = "L2025-001";
const PROPOSED = 202;
const TABS = 3;

const ACTS = [
  ["POST /office/elections/{election_id}/delete", { typed: LAW }],
  ["POST /office/elections/{election_id}/shred", { typed: LAW }],
  ["POST /office/elections/{election_id}/publish", {}],
] as const;

const send = (office: Office, token: string, route: string, body: unknown): Promise<Answered> =>
  ask(office, route, { headers: bearer(token), body, electionId: LAW });

export const oneOfficer: Attack = {
  name: "one-officer",
  attacker: "dishonest officer",
  told: "where the stage asks for two officers, one proposes to delete, to shred and to publish, and confirms it alone: in other tabs, with other sign-ins, at the same moment, with another's proposal changed",
  isShort: false,
  async run() {
    const system = await startSystem({ port: 0, believesAddresses: true, config: { twoOfficers: true } });
    try {
      const tokens: string[] = [];
      for (let tab = 0; tab < TABS; tab++) tokens.push((await signIn(system, "officer")).access_token);
      const [own = ""] = tokens;
      const other = (await signIn(system, "officer2")).access_token;
      let tried = 0;
      let done = 0;
      let proposed = 0;
      for (const [route, body] of ACTS) {
        const answer = await send(system, own, route, body);
        if (answer.status === PROPOSED && answer.json.job_id === undefined) proposed++;
        else done++;
        const id = String(answer.json.proposal_id);
        const path = `/office/proposals/${id}`;
        const seen = await send(system, own, `GET ${path}`, undefined);
        const sha256 = String(seen.json.sha256);
        const alone = tokens.map((token) => send(system, token, `POST ${path}/confirm`, { sha256 }));
        // Another officer confirms only what they saw.
        const swapped = send(system, other, `POST ${path}/confirm`, { sha256: "0".repeat(64) });
        const answers = await Promise.all([...alone, swapped]);
        tried += 1 + answers.length;
        done += answers.filter(({ status }) => status < 400).length;
      }
      const jobs = await ask(system, "GET /office/jobs", { headers: bearer(own), query: `?election_id=${LAW}` });
      const begun = Array.isArray(jobs.json.jobs) ? jobs.json.jobs.length : Number.NaN;
      return {
        tried,
        learnt: `${grouped(done)} acts done alone; ${begun} jobs begun`,
        isRepelled: done === 0 && begun === 0 && proposed === ACTS.length,
      };
    } finally {
      await system.stop();
    }
  },
};

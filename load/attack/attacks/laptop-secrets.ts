import { request } from "node:http";
import type { Attack } from "#load/attack/attack.ts";
import { grouped } from "#load/shared/report.ts";

const KINDS = ["pepper", "ballot-key", "stamp-key", "receipt-key"] as const;
const ELECTIONS = ["L2025-001", "1", "2"] as const;

type Asked = Readonly<{ path: string; host: string }>;

/** What the service answers to whoever asks for a secret: its status. */
function statusOf(endpoint: URL, { path, host }: Asked, secretId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      host,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "secretsmanager.GetSecretValue",
    };
    const { hostname, port } = endpoint;
    const asking = request({ hostname, port, path, method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asking.on("error", reject);
    asking.end(JSON.stringify({ SecretId: secretId }));
  });
}

export const laptopSecrets: Attack = {
  name: "laptop-secrets",
  attacker: "outsider",
  told: "a web page whose name was rebound to this machine, and another user of it, ask the laptop's secrets service for the elections' secrets: with its path under another host, without its path, with another one",
  isShort: true,
  async run({ system: { endpoints, outputs } }) {
    const endpoint = new URL(endpoints.secretsmanager);
    const own = { path: `${endpoint.pathname}/`, host: endpoint.host };
    const strangers: readonly Asked[] = [
      { ...own, host: `evil.example:${endpoint.port}` },
      { ...own, host: `localhost:${endpoint.port}` },
      { ...own, path: "/" },
      { ...own, path: `/${"A".repeat(endpoint.pathname.length - 1)}/` },
      { ...own, path: `${endpoint.pathname}/x` },
    ];
    const names = KINDS.flatMap((kind) => ELECTIONS.map((id) => `${outputs.SecretPrefix}/${kind}/${id}`));
    const statuses = await Promise.all(
      strangers.flatMap((asked) => names.map((name) => statusOf(endpoint, asked, name))),
    );
    const told = statuses.filter((status) => status !== 403).length;
    const due = await Promise.all(names.map((name) => statusOf(endpoint, own, name)));
    return {
      tried: statuses.length,
      learnt: `${grouped(told)} secrets`,
      isRepelled: told === 0 && due.every((status) => status === 200),
    };
  },
};

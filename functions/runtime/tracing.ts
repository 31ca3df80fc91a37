import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";

/**
 * Traces of AWS calls for X-Ray: which service and table a function asked, how long it took, whether it failed. Lambda traces
 * the function itself and, through the SDK's trace header, joins the queue's receiver to its sender; this adds what a
 * function does in between. Nothing that comes from a voter is in a trace: no key, no body, no annotation.
 *
 * Written here because Powertools' tracer brings the X-Ray SDK, 127 kB, where `submit` may grow by ten. The format is AWS's own: X-Ray developer guide, "X-Ray segment documents" and "Sending segment documents to the X-Ray daemon".
 */

const HEADER = '{"format": "json", "version": 1}\n';

/** What the SDK tells a middleware about a call. */
type Call = Readonly<{ clientName?: string; commandName?: string }>;
type Next<Args, Answer> = (args: Args) => Promise<Answer>;
type Traceable = {
  middlewareStack: {
    /** `never`, since each client has a union of inputs and outputs of its own and none is looked into. */
    add(middleware: never, options: { step: "initialize"; name: string; priority: "high" }): void;
  };
};

type Trace = Readonly<{ root: string; parent: string }>;

/** The trace that Lambda says this invocation belongs to; undefined when it is not among those that are kept. */
function currentTrace(): Trace | undefined {
  const parts = new Map(
    (process.env._X_AMZN_TRACE_ID ?? "").split(";").map((part) => part.split("=", 2) as [string, string]),
  );
  const root = parts.get("Root");
  const parent = parts.get("Parent");
  return root === undefined || parent === undefined || parts.get("Sampled") !== "1" ? undefined : { root, parent };
}

/** A connected socket to the daemon beside the function. */
function daemonAt(address: string): Promise<Socket> {
  const [host = "", port = ""] = address.split(":");
  const socket = createSocket("udp4");
  // A trace that gets lost is no reason to fail a vote.
  socket.on("error", () => {});
  socket.unref();
  return new Promise((resolve) => socket.connect(Number(port), host, () => resolve(socket)));
}

const newId = (): string => randomBytes(8).toString("hex");
const seconds = (): number => Date.now() / 1000;
const tableOf = (input: unknown): string | undefined =>
  typeof input === "object" && input !== null && "TableName" in input && typeof input.TableName === "string"
    ? input.TableName
    : undefined;

/** Whose fault a failed call is, in X-Ray's words: `error` for what was asked, such as a second ballot, `fault` for the service's. */
const blameOf = (error: unknown): "error" | "fault" =>
  error instanceof Error && "$fault" in error && error.$fault === "client" ? "error" : "fault";

/** Its kind only: messages quote what was typed. */
const causeOf = (error: unknown): object => ({
  cause: { exceptions: [{ id: newId(), type: error instanceof Error ? error.name : "Error" }] },
});

/** Traces every call of a client where Lambda runs a daemon; elsewhere, as on the laptop, leaves the client as it is. */
export function traced<Client extends Traceable>(
  client: Client,
  daemonAddress = process.env.AWS_XRAY_DAEMON_ADDRESS,
): Client {
  if (daemonAddress === undefined) return client;
  const daemon = daemonAt(daemonAddress);

  const tell = async (trace: Trace, subsegment: object): Promise<void> => {
    const document = { type: "subsegment", trace_id: trace.root, parent_id: trace.parent, ...subsegment };
    (await daemon).send(`${HEADER}${JSON.stringify(document)}`);
  };

  const middleware =
    <Args extends { input: unknown }, Answer>(next: Next<Args, Answer>, { clientName = "", commandName = "" }: Call) =>
    async (args: Args): Promise<Answer> => {
      const trace = currentTrace();
      if (trace === undefined) return next(args);
      const start_time = seconds();
      const table = tableOf(args.input);
      const about = {
        id: newId(),
        name: clientName.replace(/Client$/, ""),
        namespace: "aws",
        start_time,
        aws: { operation: commandName.replace(/Command$/, ""), ...(table !== undefined && { table_name: table }) },
      };
      try {
        const answer = await next(args);
        await tell(trace, { ...about, end_time: seconds() });
        return answer;
      } catch (error) {
        await tell(trace, { ...about, end_time: seconds(), [blameOf(error)]: true, ...causeOf(error) });
        throw error;
      }
    };
  client.middlewareStack.add(middleware as never, { step: "initialize", name: "traced", priority: "high" });
  return client;
}

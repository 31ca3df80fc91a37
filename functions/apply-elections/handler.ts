import { createHash } from "node:crypto";
import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { biographiesFile, DeployedElections } from "#functions/apply-elections/contract.ts";
import { answerCloudFormation, type CustomResource, type Respond } from "#functions/runtime/custom-resource.ts";
import { applyElections } from "#storage/election-register.ts";
import type { Register } from "#storage/registered-elections.ts";

export type ApplyElectionsDependencies = Readonly<{
  register: Register;
  /** A definition's text by the name of its file. */
  read: (file: string) => Promise<string>;
  /** The lines of a compressed file by its name. */
  linesOf: (file: string) => AsyncIterable<string>;
  now: () => number;
  /** Whether a stack goes back to what it was before a failed deployment. */
  isGoingBack: (stackId: string) => Promise<boolean>;
  respond: Respond;
}>;

const WHO = "deployment";
const PHYSICAL_ID = "elections";

function readDefinition(text: string): ElectionDefinition {
  const parsed = ElectionDefinition.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new EnglishRefusal("A definition does not follow the schema: run `npx cdk synth`, which names the field.");
}

/** Applies elections during a deployment. A definition removed from the folder stays registered. */
export function createApplyElectionsHandler(dependencies: ApplyElectionsDependencies) {
  const { register, read, linesOf, now, isGoingBack, respond } = dependencies;
  const apply = async (event: CloudFormationCustomResourceEvent): Promise<CustomResource> => {
    // After a failed creation CloudFormation deletes under another id.
    if (event.RequestType === "Delete") return { physicalId: event.PhysicalResourceId };
    const { Definitions } = DeployedElections.parse(event.ResourceProperties);
    const definitions = await Promise.all(
      Definitions.map(async ({ File, Sha256 }) => {
        const text = await read(File);
        // While a deployment is rolled back, code and request may be of different deployments.
        if (createHash("sha256").update(text).digest("hex") !== Sha256) {
          throw new EnglishRefusal("The function holds other definitions than this deployment's: deploy again.");
        }
        return readDefinition(text);
      }),
    );
    const biographiesOf = (electionId: string): AsyncIterable<string> => {
      const at = definitions.findIndex((definition) => definition.electionId === electionId);
      return linesOf(biographiesFile(Definitions[at]?.File ?? ""));
    };
    const outcomes = await applyElections(register, definitions, { who: WHO, atMs: now(), biographiesOf });
    const byId = definitions.map(({ electionId }, index) => [electionId, outcomes[index] ?? ""] as const);
    return { physicalId: PHYSICAL_ID, attributes: Object.fromEntries(byId) };
  };
  /** What a failed deployment changed, such as a later closing, cannot always be undone. Failing would leave the stack stuck. */
  const applyOrStay = async (event: CloudFormationCustomResourceEvent): Promise<CustomResource> => {
    try {
      return await apply(event);
    } catch (error) {
      if (!(error instanceof Refusal) || event.RequestType !== "Update" || !(await isGoingBack(event.StackId)))
        throw error;
      return { physicalId: event.PhysicalResourceId, word: `The elections stay as they are. ${error.message}` };
    }
  };
  return (event: CloudFormationCustomResourceEvent): Promise<void> =>
    answerCloudFormation(event, () => applyOrStay(event), respond);
}

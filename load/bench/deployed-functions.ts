import { type Connection, connect } from "#admin/connection/connection.ts";
import { synthesize } from "#infra/synthesize.ts";
import { RunningSystem } from "#load/shared/running-system.ts";
import { deployQueues, deploySecrets, deployTables, readApi, readFunctions } from "#local/deployment/deployment.ts";
import { Templates } from "#local/deployment/template.ts";
import type { FunctionDefinition } from "#local/functions/host.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { startDynamoDbLocal } from "#local/services/dynamodb-local.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";
import { startSqs } from "#local/services/sqs.ts";

/** Every function's bundle with the environment that the template gives it, and the services it needs, and nothing that runs it. */

export type DeployedFunctions = Readonly<{
  /** By the function's folder. */
  functions: ReadonlyMap<string, FunctionDefinition>;
  connection: Connection;
  stop(): Promise<void>;
}>;

/** Nothing listens there: no bench asks for metrics, and nobody calls the API. */
const NOWHERE = "http://127.0.0.1:9";

/** Bundles and synthesizes the stage of the laptop, and starts the services it names. */
export async function deployFunctions(): Promise<DeployedFunctions> {
  const started: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  const keep = async <T extends Readonly<{ stop(): Promise<void> }>>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    started.push(() => part.stop());
    return part;
  };
  try {
    const { templates: synthesized, assetFolder } = await synthesize("local");
    const [dynamodb, sqs, secretsManager] = [
      await keep(startDynamoDbLocal()),
      await keep(startSqs()),
      await keep(startSecretsManager()),
    ];
    const endpoints = {
      dynamodb: dynamodb.endpoint,
      sqs: sqs.endpoint,
      secretsmanager: secretsManager.endpoint,
      cloudwatch: NOWHERE,
    };
    const templates = new Templates(Object.values(synthesized));
    await Promise.all([
      deployTables(templates, endpoints.dynamodb),
      deployQueues(templates, endpoints.sqs),
      deploySecrets(templates, endpoints.secretsmanager),
    ]);
    const functions = [...readFunctions(templates, assetFolder, endpoints).values()];
    readApi(templates).servedAt(NOWHERE);
    const outputs = RunningSystem.shape.outputs.parse(templates.outputs());
    const connection = connect(outputs, endpoints);
    started.push(async () => connection.close());
    return {
      functions: new Map(functions.map((definition) => [definition.name, definition])),
      connection,
      stop: looseEnd(stopAll),
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { clientConfig } from "#local/services/credentials.ts";
import { startDynamoDbLocal } from "#local/services/dynamodb-local.ts";

/** One DynamoDB Local for all test files. Whoever asks gets an empty database in it, apart from the others by its access key. */

declare module "vitest" {
  export interface ProvidedContext {
    dynamodb: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const local = await startDynamoDbLocal({ isApartByKey: true });
  project.provide("dynamodb", local.endpoint);
  return local.stop;
}

export type Database = Readonly<{
  endpoint: string;
  accessKeyId: string;
  config: ReturnType<typeof clientConfig>;
}>;

export function emptyDatabase(): Database {
  const endpoint = inject("dynamodb");
  // DynamoDB Local takes letters and digits only.
  const accessKeyId = randomUUID().replaceAll("-", "");
  return { endpoint, accessKeyId, config: clientConfig(endpoint, accessKeyId) };
}

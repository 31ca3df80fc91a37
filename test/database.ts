import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { clientConfig } from "#local/services/credentials.ts";
import { startDynamoDbLocal } from "#local/services/dynamodb-local.ts";

/** One DynamoDB Local for all test files. Each caller gets an empty database of its own, keyed by an access key. */

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
  // DynamoDB Local accepts only letters and digits.
  const accessKeyId = randomUUID().replaceAll("-", "");
  return { endpoint, accessKeyId, config: clientConfig(endpoint, accessKeyId) };
}

import { RemovalPolicy } from "aws-cdk-lib";
import type { Config } from "#infra/config.ts";

/** Whether a part outlives its stack, in stages that keep their data. */

/** For what holds votes and rolls: it stays even if its creation is taken back. */
export const removalOfTables = ({ retainData }: Pick<Config, "retainData">): RemovalPolicy =>
  retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** For everything else. What a failed creation made is empty, and would only be in the way of the next. */
export const removal = ({ retainData }: Pick<Config, "retainData">): RemovalPolicy =>
  retainData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { ElectionDefinition } from "#core/election.ts";
import type { BoardEnv } from "#functions/board/env.ts";
import type { DocsEnv } from "#functions/docs/env.ts";
import type { ElectionsEnv } from "#functions/elections/env.ts";
import type { HealthEnv } from "#functions/health/env.ts";
import type { ResultsEnv } from "#functions/results/env.ts";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { SubmitEnv } from "#functions/submit/env.ts";
import type { SystemStatusEnv } from "#functions/system-status/env.ts";
import type { TallyEnv } from "#functions/tally/env.ts";
import type { ValidateEnv } from "#functions/validate/env.ts";
import type { VoteStatusEnv } from "#functions/vote-status/env.ts";
import { capacityFor } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { lacks } from "#infra/emulator.ts";
import { applyElections } from "#infra/functions/apply-elections.ts";
import { scheduleRecount } from "#infra/functions/recount.ts";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { Api } from "#infra/stacks/api.ts";
import { type DataStack, secretNames } from "#infra/stacks/data-stack.ts";
import { VotesQueue } from "#infra/stacks/votes-queue.ts";

/** API Gateway gives up on a request after 30 s; a voter long before. */
const HTTP_TIMEOUT_SECONDS = 10;

/** How often AWS is told to deliver a batch again. */
const WITHOUT_END = -1;

export type VotingStackProps = Readonly<{
  config: Config;
  data: DataStack;
  /** Definitions to apply once everything else is there. */
  elections: readonly ElectionDefinition[];
}>;

/** The way of a vote: API → submit → queue → validate → votes → stream → tally → tallies → results. */
export class VotingStack extends Stack {
  readonly api: Api;
  readonly votesQueue: VotesQueue;

  constructor(
    scope: Construct,
    id: string,
    { config, data, elections: definitions }: VotingStackProps,
    props: StackProps,
  ) {
    super(scope, id, props);
    const secrets = secretNames(config);
    const votesQueue = new VotesQueue(this, "Votes", config);
    const { queue, deadLetters } = votesQueue;
    const http = { config, timeoutSeconds: HTTP_TIMEOUT_SECONDS };
    const memoryMegabytes = config.ballotMemoryMegabytes;

    const submit = new ScrutinFunction<SubmitEnv>(this, "submit", {
      ...http,
      memoryMegabytes,
      environment: {
        ELECTIONS_TABLE: data.elections.tableName,
        VOTES_QUEUE_URL: queue.queueUrl,
        PEPPER_SECRET_PREFIX: secrets.pepperPrefix,
        RECEIPT_SECRET_NAME: secrets.receipt,
        GUESSES_TABLE: data.guesses.tableName,
        // Where anybody can reach the API past CloudFront, anybody could make an address up.
        VIEWER_ADDRESS_HEADER: lacks(config, "cloudfront") ? "" : VIEWER_ADDRESS_HEADER,
      },
    })
      .may(["GetItem"], data.elections)
      .may(["Query", "UpdateItem"], data.guesses)
      .maySendTo(votesQueue)
      .mayReadSecret(secrets.pepperPrefix)
      .mayReadSecret(secrets.receipt);

    const validate = new ScrutinFunction<ValidateEnv>(this, "validate", {
      config,
      timeoutSeconds: config.validateTimeoutSeconds,
      memoryMegabytes,
      environment: {
        ROLL_TABLE: data.roll.tableName,
        VOTES_TABLE: data.votes.tableName,
        REVIEW_TABLE: data.review.tableName,
        GUESSES_TABLE: data.guesses.tableName,
        ...(lacks(config, "partiql-streams") && { INSERTS_ONE_BY_ONE: "yes" }),
      },
    })
      .may(["BatchGetItem"], data.roll)
      .may([lacks(config, "partiql-streams") ? "PutItem" : "PartiQLInsert", "BatchGetItem"], data.votes)
      .may(["UpdateItem"], data.review)
      .may(["UpdateItem"], data.guesses);

    const tally = new ScrutinFunction<TallyEnv>(this, "tally", {
      config,
      timeoutSeconds: config.tallyTimeoutSeconds,
      environment: {
        ELECTIONS_TABLE: data.elections.tableName,
        TALLIES_TABLE: data.tallies.tableName,
        BOARD_TABLE: data.board.tableName,
        BALLOT_KEY_SECRET_PREFIX: secrets.ballotKeyPrefix,
        ...(lacks(config, "stream-shard-id") && { ONLY_SHARD: "the-only-shard" }),
      },
    })
      .may(["GetItem"], data.elections)
      .may(["UpdateItem"], data.tallies)
      .may(["PutItem"], data.board)
      .mayReadSecret(secrets.ballotKeyPrefix);

    const results = new ScrutinFunction<ResultsEnv>(this, "results", {
      ...http,
      environment: {
        ELECTIONS_TABLE: data.elections.tableName,
        TALLIES_TABLE: data.tallies.tableName,
        VOTES_TABLE: data.votes.tableName,
        RECEIPT_SECRET_NAME: secrets.receipt,
      },
    })
      .may(["GetItem", "Scan"], data.elections)
      .may(["Query"], data.tallies)
      // Whether who asks has voted, for results that are shown after voting.
      .may(["GetItem"], data.votes)
      .mayReadSecret(secrets.receipt);

    const voteStatus = new ScrutinFunction<VoteStatusEnv>(this, "vote-status", {
      ...http,
      memoryMegabytes,
      environment: {
        VOTES_TABLE: data.votes.tableName,
        REVIEW_TABLE: data.review.tableName,
        RECEIPT_SECRET_NAME: secrets.receipt,
      },
    })
      .may(["GetItem"], data.votes)
      .may(["Query"], data.review)
      .mayReadSecret(secrets.receipt);

    const board = new ScrutinFunction<BoardEnv>(this, "board", {
      ...http,
      environment: { ELECTIONS_TABLE: data.elections.tableName, BOARD_TABLE: data.board.tableName },
    })
      .may(["Scan"], data.elections)
      .may(["Query"], data.board);

    const elections = new ScrutinFunction<ElectionsEnv>(this, "elections", {
      ...http,
      environment: { ELECTIONS_TABLE: data.elections.tableName },
    }).may(["GetItem", "Scan"], data.elections);

    const watched = {
      ELECTIONS_TABLE: data.elections.tableName,
      ROLL_TABLE: data.roll.tableName,
      VOTES_TABLE: data.votes.tableName,
      TALLIES_TABLE: data.tallies.tableName,
      BOARD_TABLE: data.board.tableName,
      REVIEW_TABLE: data.review.tableName,
      VOTES_QUEUE_URL: queue.queueUrl,
      DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
    };
    const health = new ScrutinFunction<HealthEnv>(this, "health", {
      ...http,
      environment: watched,
    });

    const systemStatus = new ScrutinFunction<SystemStatusEnv>(this, "system-status", {
      ...http,
      environment: {
        ...watched,
        VOTES_QUEUE_NAME: queue.queueName,
        TALLY_FUNCTION_NAME: tally.lambda.functionName,
      },
    })
      .may(["Scan"], data.elections)
      .may(["Query"], data.tallies)
      .mayReadMetrics();

    // Both ask every part whether it answers, and the queues how much waits in them.
    for (const asking of [health, systemStatus]) {
      for (const table of [data.elections, data.roll, data.votes, data.tallies, data.board, data.review]) {
        asking.may(["DescribeTable"], table);
      }
      for (const { queueArn } of [queue, deadLetters]) asking.allow(["sqs:GetQueueAttributes"], queueArn);
    }

    const docs = new ScrutinFunction<DocsEnv>(this, "docs", { ...http, environment: {} });

    validate.lambda.addEventSource(
      new SqsEventSource(queue, {
        batchSize: config.validateBatchSize,
        ...(config.validateBatchWindowSeconds > 0 && {
          maxBatchingWindow: Duration.seconds(config.validateBatchWindowSeconds),
        }),
        maxConcurrency: capacityFor(config).mappingConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    tally.lambda.addEventSource(
      // TableV2 is an ITable in all but the exactness of its optional properties.
      new DynamoEventSource(data.votes as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: config.tallyBatchSize,
        ...(config.tallyBatchWindowSeconds > 0 && {
          maxBatchingWindow: Duration.seconds(config.tallyBatchWindowSeconds),
        }),
        tumblingWindow: Duration.seconds(config.tallyWindowSeconds),
        // The fence rests on each shard being counted in order: one batch of a shard at a time, never bisected, never skipped.
        parallelizationFactor: 1,
        bisectBatchOnError: false,
        retryAttempts: WITHOUT_END,
        reportBatchItemFailures: true,
      }),
    );

    const api = new Api(this, "Api", config)
      .routes(submit, "POST /vote", "POST /elections/vote")
      .routes(voteStatus, "GET /votes/{request_id}")
      .routes(board, "POST /board")
      .routes(
        results,
        "GET /results",
        "GET /results/{law_id}",
        "GET /elections/{election_id}/turnout",
        "GET /elections/{election_id}/results",
        "GET /elections/{election_id}/regions/{region_id}/results",
      )
      .routes(
        elections,
        "GET /elections",
        "GET /elections/{election_id}",
        "GET /regions",
        "GET /elections/{election_id}/regions/{region_id}/candidates",
      )
      .routes(health, "GET /health")
      .routes(systemStatus, "GET /status")
      .routes(docs, "GET /openapi.json", "GET /docs")
      .otherwise(docs);

    // Last of all: what was changed in an election cannot be rolled back when another part fails.
    applyElections(this, { config, data, secrets, elections: definitions }).node.addDependency(
      api,
      validate.lambda,
      tally.lambda,
    );

    if (config.recountEveryMinutes > 0) scheduleRecount(this, config, data);

    this.votesQueue = votesQueue;
    this.api = api;
    new CfnOutput(this, "ApiUrl", { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, "VotesQueueUrl", { value: queue.queueUrl });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: deadLetters.queueUrl });
  }
}

import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { ElectionDefinition } from "#core/election.ts";
import type { Config } from "#infra/config.ts";
import type { Data } from "#infra/data/tables.ts";
import { ApplyElections } from "#infra/functions/apply-elections.ts";
import { Board } from "#infra/functions/board.ts";
import { Docs } from "#infra/functions/docs.ts";
import { Elections } from "#infra/functions/elections.ts";
import { Embed } from "#infra/functions/embed.ts";
import { Health } from "#infra/functions/health.ts";
import { Office } from "#infra/functions/office.ts";
import { OfficeRoll } from "#infra/functions/office-roll.ts";
import { OFFICE_WORK_SECONDS, OfficeWork } from "#infra/functions/office-work.ts";
import { Recount } from "#infra/functions/recount.ts";
import { Results } from "#infra/functions/results.ts";
import { StateOpening } from "#infra/functions/state-opening.ts";
import { Submit } from "#infra/functions/submit.ts";
import { SystemStatus } from "#infra/functions/system-status.ts";
import { Tally } from "#infra/functions/tally.ts";
import { Validate } from "#infra/functions/validate.ts";
import { VoteStatus } from "#infra/functions/vote-status.ts";
import { OfficeQueue } from "#infra/office/office-queue.ts";
import { officeSignIn } from "#infra/office/sign-in.ts";
import type { OfficePool } from "#infra/office/user-pool.ts";
import { Api } from "#infra/voting/api.ts";
import { VotesQueue } from "#infra/voting/votes-queue.ts";

export type VotingStackProps = Readonly<{
  config: Config;
  data: Data & Readonly<{ officePool: OfficePool | undefined }>;
  definitions: readonly ElectionDefinition[];
}>;

/** The path of a vote: API → submit → queue → validate → votes → stream → tally → tallies → results. */
export class VotingStack extends Stack {
  readonly api: Api;
  readonly queue: VotesQueue;
  readonly officeQueue: OfficeQueue;
  readonly tally: Tally;
  /** Undefined when the stage has no scheduled recount. */
  readonly recount: Recount | undefined;

  constructor(scope: Construct, id: string, { config, data, definitions }: VotingStackProps, props: StackProps) {
    super(scope, id, props);
    const { elections, biographies, roll, votes, tallies, published, board, rejectedAttempts, guesses, office, audit } =
      data;
    const api = new Api(this, "Api", config, officeSignIn(config, data.officePool));
    const queue = new VotesQueue(this, "Votes", config);

    new Submit(this, config, { answers: api, reads: { elections }, writes: { guesses }, sendsTo: queue });
    new Validate(this, config, {
      takesFrom: queue,
      reads: { roll },
      writes: { votes, rejectedAttempts, guesses },
    });
    const tally = new Tally(this, config, {
      takesFrom: { votes },
      reads: { elections },
      writes: { tallies, board },
    });
    new Results(this, config, {
      answers: api,
      reads: { elections, tallies, votes },
      writes: { published },
    });
    new Embed(this, config, { answers: api, reads: { elections, tallies }, writes: { published } });
    new VoteStatus(this, config, { answers: api, reads: { elections, votes, rejectedAttempts } });
    new Board(this, config, { answers: api, reads: { elections, board } });
    new Elections(this, config, { answers: api, reads: { elections, biographies } });

    const asks = { elections, roll, votes, tallies, board, rejectedAttempts, queue };
    new Health(this, config, { answers: api, asks });
    new SystemStatus(this, config, { answers: api, asks, reads: { published }, measures: tally });
    new Docs(this, config, { answers: api });

    const work = new OfficeQueue(this, "OfficeWork", config, OFFICE_WORK_SECONDS);
    new Office(this, config, { answers: api, tables: data, queue, writes: { office, audit }, sendsTo: work });
    new OfficeWork(this, config, { takesFrom: work, data, queue });
    new OfficeRoll(this, config, {
      answers: api,
      tables: data,
      queue,
      writes: { elections, roll, votes, office, audit },
    });

    if (config.recountEveryMinutes > 0) {
      this.recount = new Recount(this, config, { reads: { elections, votes, tallies } });
    }
    if (config.statesOpenings) new StateOpening(this, config, { reads: { roll }, writes: { elections } });
    new ApplyElections(this, config, {
      applies: definitions,
      writes: { elections, biographies },
      after: [...this.node.children],
    });

    this.api = api;
    this.queue = queue;
    this.officeQueue = work;
    this.tally = tally;
    // Also for the site's stack, in another region, which asks for it (functions/origin-keys).
    new CfnOutput(this, "CertifiedBucket", { value: data.certified.bucket.bucketName });
    new CfnOutput(this, "VoterIssuers", { value: config.voterIssuers.join(" ") || "none" });
    new CfnOutput(this, "ApiUrl", { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, "VotesQueueUrl", { value: queue.queue.queueUrl });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: queue.deadLetters.queueUrl });
    new CfnOutput(this, "OfficeDeadLetterQueueUrl", { value: work.deadLetters.queueUrl });
  }
}

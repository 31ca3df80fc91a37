import { Refusal } from "#core/refusal.ts";
import type { Config } from "#infra/config.ts";
import { cdk, configOf, EXIT, readArguments, run } from "#infra/tools/command.ts";

/** `npm run destroy -- --stage NAME`: takes a stage down, unless it keeps its data. */

function refuseWhileKept({ stage, retainData }: Config): void {
  if (!retainData) return;
  throw new Refusal(
    `Stage ${JSON.stringify(stage)} keeps its data: nothing was touched. A stage whose votes count is not taken down by one command.
If its elections are over and nothing of them is needed any more:
  1. npx scrutin election list --stage ${stage}
     For each election: certify, verify, audit export, and shred once the legal period is over.
  2. Write "retainData": false into config/${stage}.json, and have somebody else look at that change.
  3. npm run deploy -- --stage ${stage}
     From then on the tables may be deleted.
  4. npm run destroy -- --stage ${stage}`,
  );
}

await run(async () => {
  const { stage, yes } = readArguments("destroy", process.argv.slice(2));
  refuseWhileKept(configOf(stage));
  // If the file was changed but not deployed, AWS still protects stacks and tables from deletion.
  const code = await cdk(["destroy", "--all", "--context", `stage=${stage}`, ...(yes ? ["--force"] : [])]);
  return code === 0 ? EXIT.done : EXIT.failed;
});

import { type CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { AlarmFigures } from "#functions/office/polling/contract.ts";

/** The stage's alarms, in the words that infra gave them: a line in English, one in French, and the address of what to do. */

/** DescribeAlarms's maximum. */
const PER_REQUEST = 100;
const PATIENCE_MS = 3_000;

const TOLD = /^(?<title>[^.]+)\. (?<impact>.+)$/;
const RUNBOOK = /^Runbook: (?<address>\S+)$/;

type Described = Readonly<{
  AlarmDescription?: string | undefined;
  StateValue?: string | undefined;
  StateUpdatedTimestamp?: Date | undefined;
}>;

/** Undefined for a mere condition of another alarm, which nobody is told of. */
export function readAlarm({
  AlarmDescription = "",
  StateValue,
  StateUpdatedTimestamp,
}: Described): AlarmFigures | undefined {
  const [english = "", french = "", last = ""] = AlarmDescription.split("\n");
  const [en, fr] = [TOLD.exec(english)?.groups, TOLD.exec(french)?.groups];
  if (en === undefined || fr === undefined) return undefined;
  return {
    title: { en: en.title ?? "", fr: fr.title ?? "" },
    impact: { en: en.impact ?? "", fr: fr.impact ?? "" },
    runbook: RUNBOOK.exec(last)?.groups?.address ?? null,
    is_ringing: StateValue === "ALARM",
    is_unknown: StateValue === "INSUFFICIENT_DATA",
    since: StateUpdatedTimestamp?.toISOString() ?? null,
  };
}

/** Those that ring first. On one machine there are none. */
export async function alarmsOf(client: CloudWatchClient, stage: string): Promise<readonly AlarmFigures[]> {
  const found: Described[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeAlarmsCommand({
        AlarmNamePrefix: `scrutin-${stage}: `,
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: PER_REQUEST,
        ...(NextToken !== undefined && { NextToken }),
      }),
      { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
    );
    found.push(...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const alarms = found.map(readAlarm).filter((alarm) => alarm !== undefined);
  return alarms.sort((one, other) => Number(other.is_ringing) - Number(one.is_ringing));
}

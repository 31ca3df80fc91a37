import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { ALARM_TEXTS, type AlarmKind } from "#infra/observability/alarms/texts.ts";
import { AlarmTopic } from "#infra/observability/alarms/topic.ts";

export type AlarmRuleOf = Readonly<{
  metric: IMetric;
  /** The highest value that is still fine. */
  above: number;
  /** How many of how many periods must be above; 1 of 1 by default. */
  of?: readonly [datapoints: number, periods: number];
  /** How a period without a value counts; as fine by default. */
  missing?: TreatMissingData;
  /** Tells alarms of one kind apart, such as a table's name. */
  about?: string;
}>;

/** Alarms that say what the voter loses, link to the runbook and notify the topic. */
export class Alarms extends Construct {
  readonly ringing: { kind: AlarmKind; alarm: AlarmBase }[] = [];
  readonly #action: SnsAction;
  readonly #config: Config;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.#action = new SnsAction(new AlarmTopic(this, "Told", config).topic);
    this.#config = config;
  }

  ring(kind: AlarmKind, rule: AlarmRuleOf): this {
    return this.#tell(kind, this.#alarm(kind, rule, this.#description(kind, rule.about)));
  }

  /** Rings while all conditions hold; none of them rings alone. */
  ringWhenAll(kind: AlarmKind, conditions: Readonly<Record<string, AlarmRuleOf>>): this {
    const condition = `One of the conditions of the alarm "${ALARM_TEXTS[kind].title.en}".`;
    const parts = Object.entries(conditions).map(([about, rule]) => this.#alarm(kind, { ...rule, about }, condition));
    const alarm = new CompositeAlarm(this, kind, {
      compositeAlarmName: this.#name(kind),
      alarmRule: AlarmRule.allOf(...parts.map((part: IAlarm) => AlarmRule.fromAlarm(part, AlarmState.ALARM))),
      alarmDescription: this.#description(kind),
    });
    return this.#tell(kind, alarm);
  }

  #alarm(kind: AlarmKind, rule: AlarmRuleOf, alarmDescription: string): Alarm {
    const { metric, above, about = "", of = [1, 1], missing = TreatMissingData.NOT_BREACHING } = rule;
    const [datapointsToAlarm, evaluationPeriods] = of;
    return new Alarm(this, `${kind}${about}`, {
      alarmName: this.#name(kind, rule.about),
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm,
      evaluationPeriods,
      alarmDescription,
      treatMissingData: missing,
    });
  }

  /** Shown on the dashboard and in the mail's subject, which cannot have accents. */
  #name(kind: AlarmKind, about?: string): string {
    return `scrutin-${this.#config.stage}: ${ALARM_TEXTS[kind].title.en}${about === undefined ? "" : ` (${about})`}`;
  }

  #tell(kind: AlarmKind, alarm: AlarmBase): this {
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
    this.ringing.push({ kind, alarm });
    return this;
  }

  #description(kind: AlarmKind, about?: string): string {
    const { title, impact, runbook } = ALARM_TEXTS[kind];
    const named = about === undefined ? "" : ` (${about})`;
    return [
      `${title.en}${named}. ${impact.en}`,
      `${title.fr}${named}. ${impact.fr}`,
      `Runbook: ${this.#config.runbookUrl}#${runbook}`,
    ].join("\n");
  }
}

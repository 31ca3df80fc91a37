import { Duration } from "aws-cdk-lib";
import { Dashboard, PeriodOverride } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { LANGUAGES } from "#core/language.ts";
import {
  alarmMeanings,
  alarmStates,
  behind,
  cost,
  counted,
  eachElection,
  failed,
  type Page,
  received,
} from "#infra/observability/dashboards/sections.ts";
import { text } from "#infra/observability/dashboards/widgets.ts";
import { DASHBOARD_WORDS } from "#infra/observability/dashboards/words.ts";

/** One dashboard per language, `scrutin-<stage>-fr` and `-en`, with the same graphs. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, shown: Omit<Page, "language" | "words">) {
    super(scope, id);
    for (const language of LANGUAGES) {
      const words = DASHBOARD_WORDS[language];
      const page = { ...shown, language, words };
      new Dashboard(this, language, {
        dashboardName: `scrutin-${shown.config.stage}-${language}`,
        defaultInterval: Duration.hours(3),
        periodOverride: PeriodOverride.AUTO,
        widgets: [
          text(words.intro),
          ...[alarmStates, received, counted, behind, failed, eachElection, cost, alarmMeanings].flatMap((section) =>
            section(page),
          ),
        ],
      });
    }
  }
}

import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";

/** An alarm that says what the voter loses while it rings. */
export function alarm(
  scope: Construct,
  id: string,
  { metric, above, impact }: Readonly<{ metric: IMetric; above: number; impact: string }>,
): Alarm {
  return new Alarm(scope, id, {
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    alarmDescription: impact,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

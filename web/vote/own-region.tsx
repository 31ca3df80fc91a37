import type { PublicElection } from "#functions/elections/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";
import { RegionStep } from "#web/vote/region-step.tsx";
import { StepLine } from "#web/vote/step.tsx";

/** Asks in which region somebody votes. */
export function OwnRegion({ election }: Readonly<{ election: PublicElection }>) {
  const language = useLanguage();
  return (
    <>
      <StepLine election={election} step="region" />
      <RegionStep
        election={election}
        onChosen={(regionId) =>
          go({ path: writePath(language, { page: "vote", electionId: election.election_id, regionId }) })
        }
      />
    </>
  );
}

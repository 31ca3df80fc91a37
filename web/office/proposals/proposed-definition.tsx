import { candidateName } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import type { DraftAnswer } from "#functions/office/elections/contract.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import { draftPath } from "#web/office/elections/keeping.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { OfficeFailure, useOfficeAnswer } from "#web/office/shell/answers.tsx";

type Props = Readonly<{ electionId: string; version: number }>;

/** The definition that a draft would put in force, in short; whole, with the ballot beside it, behind a link. */
export function ProposedDefinition({ electionId, version }: Props) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { answer, retry } = useOfficeAnswer<DraftAnswer>(draftPath(electionId));
  if (answer === undefined) return <p class="quiet">{t.site.loading}</p>;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={retry} hasHeading={false} />;
  const { draft, definition } = answer.body;
  if (draft?.version !== version) return <p role="alert">{t.officeProposals.draftChanged}</p>;
  const parsed = ElectionDefinition.safeParse(definition);
  return (
    <>
      <h3>{t.officeProposals.voters}</h3>
      {parsed.success ? <Summary definition={parsed.data} /> : <p role="alert">{t.officeProposals.draftFaulty}</p>}
      <p>
        {t.officeProposals.applied}{" "}
        <a href={writeOfficePath(language, { room: "editor", electionId })}>
          {t.officeProposals.draft(electionId, String(version))}
        </a>
      </p>
    </>
  );
}

function Summary({ definition }: Readonly<{ definition: ElectionDefinition }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { title, timeZone, votingMethod, regions } = definition;
  const isLaw = definition.votingMethod === "referendum";
  return (
    <dl class="facts office-anything">
      <dt>{t.officeElections.head.name}</dt>
      {(["en", "fr"] as const).map((of) => (
        <dd key={of} lang={of}>
          {isLaw ? `${title[of]}: ${definition.question[of]}` : title[of]}
        </dd>
      ))}
      <dt>{t.officeElections.about.kind}</dt>
      <dd>{t.officeElections.editor.methods[votingMethod]}</dd>
      <dt>{t.officeElections.about.opens}</dt>
      <dd>{formatInstant(language, definition.opensAt, timeZone)}</dd>
      <dt>{t.officeElections.about.closes}</dt>
      <dd>{formatInstant(language, definition.closesAt, timeZone)}</dd>
      {regions.length > 0 && (
        <>
          <dt>{t.officeProposals.regions}</dt>
          <dd>{regions.map(({ name }) => inLanguage(name)).join(", ")}</dd>
        </>
      )}
      {!isLaw && (
        <>
          <dt>{t.officeProposals.candidates}</dt>
          <dd>{definition.candidates.map(candidateName).join(", ")}</dd>
        </>
      )}
    </dl>
  );
}

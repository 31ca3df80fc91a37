import { candidateName } from "#core/contest.ts";
import type { Language } from "#core/language.ts";
import type { TestPageMessages } from "#web/messages/test-page-en.ts";
import type { Remade } from "#web/trustees/remade.ts";

/** What a tested ballot says, and to what. */
export function SaidChoice({
  ballot: { definition, regionId, selection },
  language,
  t,
}: Readonly<{ ballot: Remade; language: Language; t: TestPageMessages }>) {
  const region = definition.regions.find((one) => one.regionId === regionId);
  const isLaw = definition.votingMethod === "referendum";
  const nameOf = (id: string): string => {
    const candidate = isLaw ? undefined : definition.candidates.find(({ candidateId }) => candidateId === id);
    return candidate === undefined ? id : candidateName(candidate);
  };
  const named = "candidateIds" in selection ? selection.candidateIds : [];
  const List = selection.kind === "ranking" ? "ol" : "ul";
  return (
    <div class="sheet review">
      <p class="quiet">{isLaw ? t.question : t.vote}</p>
      <p>{isLaw ? definition.question[language] : definition.title[language]}</p>
      {region !== undefined && (
        <>
          <p class="quiet">{t.region}</p>
          <p>{region.name[language]}</p>
        </>
      )}
      <p class="quiet">{isLaw ? t.answer : selection.kind === "ranking" ? t.ranks : t.says}</p>
      {named.length > 0 ? (
        <List class="chosen">
          {named.map((id) => (
            <li key={id}>{nameOf(id)}</li>
          ))}
        </List>
      ) : (
        <p class="chosen">
          {selection.kind === "choice"
            ? selection.choice === "oui"
              ? t.yes
              : t.no
            : selection.kind === "candidate"
              ? nameOf(selection.candidateId)
              : t.blank}
        </p>
      )}
    </div>
  );
}

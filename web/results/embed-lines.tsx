import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";

/** The lines that put a result into another site's page. */
function frameOf(address: string, title: string): string {
  const frame = document.createElement("iframe");
  const attributes = { src: address, title, width: "100%", height: "480", loading: "lazy" };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  // This page's policy would refuse the style of an element.
  return frame.outerHTML.replace("<iframe ", '<iframe style="border: 0" ');
}

/** What others may take: loaded by those few who look. */
export function EmbedLines({
  election,
  regionId,
}: Readonly<{ election: PublicElection; regionId: string | undefined }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const title = useBilingual()(election.title);
  const { election_id: electionId } = election;
  const path = writePath(language, { page: "results", electionId, ...(regionId !== undefined && { regionId }) });
  const at = (view: string): string => path.replace("/results/", `/embed/${view}/`);
  return (
    <>
      <label>
        {t.embed.frame}
        <textarea
          readOnly
          rows={6}
          spellcheck={false}
          value={frameOf(location.origin + at("results"), title)}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
      <p>
        <a href={`${at("picture")}.png`} target="_blank" rel="noopener">
          {t.embed.picture}
        </a>
      </p>
      <p>
        {t.embed.columns}{" "}
        <a href={language === "fr" ? "/api/v1/docs/fr" : "/api/v1/docs"} target="_blank" rel="noopener">
          {t.embed.api}
        </a>
      </p>
    </>
  );
}

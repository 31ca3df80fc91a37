import * as z from "zod/mini";
import { formatInstant } from "#core/instant-words.ts";
import type { ShownProposal } from "#functions/office/proposals/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";

const Text = z.object({ fr: z.string(), en: z.string() });

/** What of a proposed request is told to voters, of whatever room it is. */
const Told = z.object({
  opens_at: z.optional(z.string()),
  closes_at: z.optional(z.string()),
  told: z.optional(Text),
  candidate_id: z.optional(z.string()),
  texts: z.optional(z.array(z.object({ of: z.string(), to: z.union([z.string(), Text]) }))),
  version: z.optional(z.number()),
});

/** What voters will see once it is done. */
export function WhatVotersSee({ proposal }: Readonly<{ proposal: ShownProposal }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const parsed = Told.safeParse(proposal.body);
  const told = parsed.success ? parsed.data : {};
  const { election_id: electionId } = proposal;
  if (told.told !== undefined) {
    return (
      <>
        <p>{t.officeProposals.cancelled}</p>
        <blockquote lang="fr">{told.told.fr}</blockquote>
        <blockquote lang="en">{told.told.en}</blockquote>
      </>
    );
  }
  if (told.closes_at !== undefined) {
    return (
      <>
        {told.opens_at !== undefined && <p>{t.officeProposals.opens(formatInstant(language, told.opens_at))}</p>}
        <p>{t.officeProposals.closes(formatInstant(language, told.closes_at))}</p>
      </>
    );
  }
  if (told.candidate_id !== undefined) return <p>{t.officeProposals.withdrawn(told.candidate_id)}</p>;
  if (told.texts !== undefined) {
    return (
      <>
        <p>{t.officeProposals.corrected}</p>
        <dl>
          {told.texts.map(({ of, to }) => (
            <div key={of}>
              <dt>{of}</dt>
              {typeof to === "string" ? (
                <dd>{to === "" ? t.officeProposals.nowEmpty : to}</dd>
              ) : (
                <>
                  <dd lang="fr">{to.fr}</dd>
                  <dd lang="en">{to.en}</dd>
                </>
              )}
            </div>
          ))}
        </dl>
      </>
    );
  }
  if (told.version !== undefined && electionId !== null) {
    return (
      <p>
        {t.officeProposals.applied}{" "}
        <a href={writeOfficePath(language, { room: "editor", electionId })}>
          {t.officeProposals.draft(electionId, String(told.version))}
        </a>
      </p>
    );
  }
  return <p>{t.officeProposals.nothing}</p>;
}

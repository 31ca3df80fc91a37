import { CardCheck } from "#web/trustees/card-check.tsx";
import type { VoteProps } from "#web/trustees/sealed-vote.tsx";
import { SealedVote } from "#web/trustees/sealed-vote.tsx";
import "#web/styles/trustees.css";

/** What only votes need whose key trustees hold together: loaded where one is opened, or its codes are looked up. */

type Props = (Readonly<{ at: "vote" }> & VoteProps) | Readonly<{ at: "check"; electionId: string }>;

/** One component, so that the script of a ballot names one part. */
export function Trustees(props: Props) {
  return props.at === "vote" ? <SealedVote {...props} /> : <CardCheck {...props} />;
}

import { useState } from "preact/hooks";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useResultsMessages } from "#web/messages/catalogue.ts";
import { lazily } from "#web/shell/lazy-page.tsx";

const EmbedLines = lazily("embed-lines", async () => (await import("#web/results/embed-lines.tsx")).EmbedLines);

/** This result for other sites: in a frame, as a picture, or by its figures. */
export function EmbedThis(of: Readonly<{ election: PublicElection; regionId: string | undefined }>) {
  const t = useResultsMessages();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="embed-this" onToggle={() => setOpen(true)}>
      <summary>{t.embed.title}</summary>
      {isOpen && <EmbedLines {...of} />}
    </details>
  );
}

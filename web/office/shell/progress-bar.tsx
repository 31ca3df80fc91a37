import { useId } from "preact/hooks";
import { formatCount } from "#web/format.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";

/** How far something is, in words too. @param total undefined when not known */
export function ProgressBar({
  label,
  done,
  total,
}: Readonly<{ label: string; done: number; total?: number | undefined }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const id = useId();
  const known = total !== undefined && total > 0;
  return (
    <div class="office-progress">
      <label for={id}>{label}</label>
      <progress id={id} {...(known && { value: Math.min(done, total), max: total })} />
      {known && (
        <span class="quiet figures">{t.shell.of(formatCount(language, done), formatCount(language, total))}</span>
      )}
    </div>
  );
}

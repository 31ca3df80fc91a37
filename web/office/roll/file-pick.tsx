import { useId } from "preact/hooks";

/** A file to be chosen, or dropped onto the field. @param drop that it may be dropped, in words */
export function FilePick({
  label,
  drop,
  onPick,
}: Readonly<{ label: string; drop: string; onPick: (file: File) => void }>) {
  const id = useId();
  return (
    <div class="file-pick">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        aria-describedby={`${id}-drop`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onPick(file);
        }}
      />
      <span id={`${id}-drop`} class="quiet">
        {drop}
      </span>
    </div>
  );
}

/** A long code in groups that an eye can keep apart. Copied, it is one piece. */
export function Groups({ code, of = 8 }: Readonly<{ code: string; of?: number }>) {
  const bare = code.replaceAll(" ", "");
  const groups = Array.from({ length: Math.ceil(bare.length / of) }, (_, place) =>
    bare.slice(place * of, (place + 1) * of),
  );
  return (
    <code class="groups">
      {groups.map((group, place) => (
        <span key={`${place}`}>{group}</span>
      ))}
    </code>
  );
}

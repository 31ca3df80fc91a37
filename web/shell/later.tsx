import type { FunctionComponent } from "preact";
import { Failure, Loading, useAnswer } from "#web/shell/answers.tsx";

/** Pages that were loaded before are there at once: nothing flickers on the way back to one. */
const loaded = new Map<string, FunctionComponent<never>>();

/** A page that is loaded when it is first shown; when it cannot be, says so and offers to try again. */
export function Later<Props extends object>({
  name,
  load,
  props,
}: Readonly<{ name: string; load: () => Promise<FunctionComponent<Props>>; props: Props }>) {
  const { answer, retry } = useAnswer(name, async () => {
    try {
      const page = await load();
      loaded.set(name, page);
      return { kind: "ok", body: page } as const;
    } catch {
      return { kind: "unreachable" } as const;
    }
  });
  // One name stands for one page, so what was kept under it takes these properties.
  const Page = loaded.get(name) as FunctionComponent<Props> | undefined;
  if (Page !== undefined) return <Page {...props} />;
  return answer === undefined || answer.kind === "ok" ? <Loading /> : <Failure answer={answer} retry={retry} />;
}

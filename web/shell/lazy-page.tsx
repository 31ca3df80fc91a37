import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { preload } from "#web/preload.ts";
import { Failure, Loading } from "#web/shell/answers.tsx";

/**
 * A page loaded on demand; `part` is its file's name in the build. After a failure the whole page reloads, since
 * browsers remember a failed module.
 */
export function lazily<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [state, setState] = useState<"loading" | "loaded" | "failed">(loaded === undefined ? "loading" : "loaded");
    useEffect(() => {
      if (loaded !== undefined) return;
      preload(part);
      load().then(
        (component) => {
          loaded = component;
          setState("loaded");
        },
        () => setState("failed"),
      );
    }, []);
    if (state === "failed") return <Failure answer={{ kind: "unreachable" }} retry={() => location.reload()} />;
    const Loaded = loaded;
    return Loaded === undefined ? <Loading /> : <Loaded {...props} />;
  };
}

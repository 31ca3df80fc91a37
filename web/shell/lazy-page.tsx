import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { loadPart } from "#web/load-part.ts";
import { Failure, Loading } from "#web/shell/answers.tsx";

type Lazy<Props> = ComponentType<Props> &
  Readonly<{
    /** Shows this without loading anything: it came with the script. */
    know: (component: ComponentType<Props>) => void;
  }>;

/**
 * A page loaded on demand; `part` is its source's name. After a failure the whole page reloads, since browsers remember a failed
 * module.
 */
export function lazily<Props extends object>(part: string, load: () => Promise<ComponentType<Props>>): Lazy<Props> {
  let loaded: ComponentType<Props> | undefined;
  const know = (component: ComponentType<Props>): void => {
    loaded = component;
  };
  return Object.assign(Lazy, { know });
  function Lazy(props: Props) {
    const [{ isFailed }, setState] = useState({ isFailed: false });
    useEffect(() => {
      if (loaded !== undefined) return;
      loadPart(part, load).then(
        (component) => {
          know(component);
          setState({ isFailed: false });
        },
        () => setState({ isFailed: true }),
      );
    }, []);
    if (isFailed) return <Failure answer={{ kind: "unreachable" }} retry={() => location.reload()} />;
    const Loaded = loaded;
    return Loaded === undefined ? <Loading /> : <Loaded {...props} />;
  }
}

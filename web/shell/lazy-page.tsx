import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { hasWords, loadWords, useLanguage, type WordyPage } from "#web/messages/catalogue.ts";
import { preload } from "#web/preload.ts";
import { Failure, Loading } from "#web/shell/answers.tsx";

/**
 * A page loaded on demand; `part` is its file's name in the build. After a failure the whole page reloads, since
 * browsers remember a failed module.
 * @param words the page whose words it needs beside those of every page
 */
export function lazily<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
  words?: WordyPage,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const language = useLanguage();
    const isReady = (): boolean => loaded !== undefined && (words === undefined || hasWords(words, language));
    const [{ isFailed }, setState] = useState({ isFailed: false });
    useEffect(() => {
      if (isReady()) return;
      preload(part);
      const loading = [load(), words === undefined ? undefined : loadWords(words, language)] as const;
      Promise.all(loading).then(
        ([component]) => {
          loaded = component;
          setState({ isFailed: false });
        },
        () => setState({ isFailed: true }),
      );
    }, [language]);
    if (isFailed) return <Failure answer={{ kind: "unreachable" }} retry={() => location.reload()} />;
    const Loaded = loaded;
    return Loaded === undefined || !isReady() ? <Loading /> : <Loaded {...props} />;
  };
}

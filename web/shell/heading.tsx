import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useMessages } from "#web/messages/catalogue.ts";

let arrived = false;

/**
 * A page's one headline. It takes the focus when the page replaces another one, so that a keyboard or a screen reader
 * starts there; on the first page of a visit the browser's own beginning stands.
 */
export function Heading({ text, children }: Readonly<{ text: string; children?: ComponentChildren }>) {
  const t = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · ${t.site.name}`;
  }, [text, t]);
  // Before the page is painted: the focus is at no time nowhere.
  useLayoutEffect(() => {
    if (arrived) heading.current?.focus();
    arrived = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? text}
    </h1>
  );
}

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useMessages } from "#web/messages/catalogue.ts";

let arrived = false;

/**
 * The page's h1. Takes focus after navigation, not on the first page of a visit.
 * @param children said before the text
 */
export function Heading({ text, children }: Readonly<{ text: string; children?: ComponentChildren }>) {
  const t = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · ${t.site.name}`;
  }, [text, t]);
  // Before paint, so that focus is never lost.
  useLayoutEffect(() => {
    if (arrived) heading.current?.focus();
    arrived = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
      {text}
    </h1>
  );
}

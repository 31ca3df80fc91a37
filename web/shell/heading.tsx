import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useMessages } from "#web/messages/catalogue.ts";

let arrived = false;

/** The vote that a page is about, for the document's title. */
const About = createContext("");
export const AboutVote = About.Provider;

/**
 * The page's h1. Takes focus after navigation, not on the first page of a visit.
 * @param step its name in the document's title, where the heading says something else
 * @param isRefused whether the page tells of an error in what was typed or marked
 * @param children said before the text
 */
export function Heading({
  text,
  step = text,
  isRefused = false,
  children,
}: Readonly<{ text: string; step?: string; isRefused?: boolean; children?: ComponentChildren }>) {
  const t = useMessages();
  const about = useContext(About);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const title = [step, about, t.site.name].filter(Boolean).join(" – ");
    document.title = isRefused ? t.site.error(title) : title;
  }, [step, about, isRefused, t]);
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

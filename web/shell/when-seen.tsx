import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Whoever stays on a page may print it, or search it: then all of it is there. */
const AT_LATEST_MS = 10_000;

/** Draws its content, and so loads what it needs, once its place comes into view; and in any case after a while. */
export function WhenSeen({ children }: Readonly<{ children: ComponentChildren }>) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const see = (): void => setSeen(true);
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && see());
    observer.observe(place.current);
    const timer = setTimeout(see, AT_LATEST_MS);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
  return isSeen ? children : <div ref={place} class="unseen" />;
}

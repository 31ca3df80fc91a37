import { followLink } from "#web/navigation.ts";
import { isOfOffice } from "#web/office/router.ts";

/** Follows links within the console without loading a page. Those to the public site are the browser's. */
export function followOfficeLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link !== null && isOfOffice(link.pathname)) followLink(event);
}

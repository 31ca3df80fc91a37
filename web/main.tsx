import { render } from "preact";
import { Site } from "#web/shell/site.tsx";
import { surviveReloads } from "#web/vote/session.ts";
import "#web/shell/first.ts";

surviveReloads();
const root = document.getElementById("site");
if (root !== null) {
  root.replaceChildren();
  render(<Site />, root);
}

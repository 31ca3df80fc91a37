import { render } from "preact";
import { Site } from "#web/shell/site.tsx";

const root = document.getElementById("site");
if (root !== null) {
  root.replaceChildren();
  render(<Site />, root);
}

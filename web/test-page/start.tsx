import { render } from "preact";
import { TestPage } from "#web/test-page/test-page.tsx";

/** The script of the page that tests devices: the build puts it into the page's one file (infra/bundling/test-page.ts). */

const root = document.getElementById("test-page");
if (root !== null) {
  root.replaceChildren();
  render(<TestPage first={navigator.language.startsWith("fr") ? "fr" : "en"} />, root);
}

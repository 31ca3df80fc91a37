import { HomePage as page } from "#web/home/home-page.tsx";
import { fr } from "#web/messages/fr.ts";
import { HomePage } from "#web/shell/pages.tsx";
import { start } from "#web/start.tsx";

HomePage.know(page);
start("fr", fr);

import { HomePage as page } from "#web/home/home-page.tsx";
import { en } from "#web/messages/en.ts";
import { HomePage } from "#web/shell/pages.tsx";
import { start } from "#web/start.tsx";

HomePage.know(page);
start("en", en);

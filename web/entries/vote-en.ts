import { en } from "#web/messages/en.ts";
import { VotePage } from "#web/shell/pages.tsx";
import { start } from "#web/start.tsx";
import { VotePage as page } from "#web/vote/vote-page.tsx";

VotePage.know(page);
start("en", en);

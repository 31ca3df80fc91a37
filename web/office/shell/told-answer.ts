import { useOfficeMessages } from "#web/office/messages/words.ts";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";

/** What an answer that is not “done” means, in the reader's language. The server's own sentence comes first. */
export function useToldAnswer(): (answer: OfficeAnswer<unknown>) => string {
  const t = useOfficeMessages();
  return (answer) => {
    switch (answer.kind) {
      case "ok":
        return "";
      case "proposed":
        return t.shell.proposed;
      case "refused": {
        const { detail, title, errors = [] } = answer.problem;
        const said = detail || title || t.shell.refused;
        return [said, ...errors.map(({ message }) => message)].join(" ");
      }
      case "busy":
        return t.shell.busy;
      case "unreachable":
        return t.shell.unreachable;
      case "signed-out":
        return t.signIn.lapsedTitle;
      default:
        return answer satisfies never;
    }
  };
}

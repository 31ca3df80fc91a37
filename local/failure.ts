/** Something the person at the keyboard can mend; told in one sentence, without a stack trace. */
export class StartFailure extends Error {
  override name = "StartFailure";
}

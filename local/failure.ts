/** Something the user can fix; printed as one sentence, without a stack trace. */
export class StartFailure extends Error {
  override name = "StartFailure";
}

/**
 * What an officer asked cannot be done, and the sentence says why; several faults stand on a line each. The command line
 * prints it as it is. It never repeats a credential.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

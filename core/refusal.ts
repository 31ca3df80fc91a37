/**
 * What an officer asked for cannot be done. The message says why, with several faults on a line each, and is printed as it
 * is. It never repeats a credential.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

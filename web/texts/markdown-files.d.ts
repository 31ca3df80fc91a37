/** A text as the build leaves it: where it lies, and what it must be. */
declare module "*.md" {
  const text: Readonly<{ href: string; integrity: string }>;
  export default text;
}

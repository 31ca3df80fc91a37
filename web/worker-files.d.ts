/** A script that runs beside the page: the build makes it from the file of that name with `.ts` after it. */
declare module "*.worker" {
  const script: Readonly<{ address: string; integrity: string }>;
  export default script;
}

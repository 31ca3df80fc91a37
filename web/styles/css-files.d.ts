/** Adopted by the page when its module runs. */
declare module "*.css";

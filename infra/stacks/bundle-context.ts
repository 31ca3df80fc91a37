import type { Construct } from "constructs";

/** Every construct of an app finds the folder of the bundles in the app's context. */

const KEY = "bundle";

export const setBundle = (app: Construct, folder: string): void => app.node.setContext(KEY, folder);

/** @throws Error when nobody has set it */
export const bundleOf = (construct: Construct): string => String(construct.node.getContext(KEY));

import type { Construct } from "constructs";

/** The folder of the bundles, in the context of the app. */

const KEY = "bundle";

export const setBundle = (app: Construct, folder: string): void => app.node.setContext(KEY, folder);

/** @throws Error when nobody has set it */
export const bundleOf = (construct: Construct): string => String(construct.node.getContext(KEY));

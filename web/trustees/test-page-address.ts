/** Where the site has the page that tests devices. Others may offer the same file elsewhere. */
const TEST_PAGE = "/test.html";

/** @param fragment as a tracking code's or a tested ballot's link has it: it reaches no server */
export const testPageAddress = (fragment = ""): string => location.origin + TEST_PAGE + fragment;

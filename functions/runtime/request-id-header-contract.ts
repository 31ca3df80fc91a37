/** Header with an accepted ballot's request id, which reveals a live result that is shown after voting. */
export const REQUEST_ID_HEADER = "scrutin-request-id";

/** What it can hold; an empty one says nothing. */
export const REQUEST_ID_FORM = /^[A-Za-z0-9_-]*$/;

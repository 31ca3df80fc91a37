/** Header with an accepted ballot's request id, which reveals a live result that is shown after voting. */
export const REQUEST_ID_HEADER = "scrutin-request-id";

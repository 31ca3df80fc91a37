/** Header by which a voter whose ballot was accepted is shown the live result of an election that shows it after voting. */
export const REQUEST_ID_HEADER = "scrutin-request-id";

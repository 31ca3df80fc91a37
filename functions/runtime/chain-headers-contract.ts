/** Headers that tell of the signed chain after an opening statement, which stays byte for byte as it is. */
export const CHANGES_HEADER = "scrutin-changes";
export const NEWEST_CHANGE_HEADER = "scrutin-newest-change";

/** Of the page that tests voting devices: one file, with both languages. */
export const testPageEn = {
  name: "Test a voting device",
  other: "Français",
  lead: "Somebody is about to vote on another device and wants to know whether it does as it is told. This page finds out, on a device that the other one knows nothing of. It sends nothing.",
  codeTitle: "1. The tracking code",
  code: "Tracking code that the other device shows",
  codeHint: "Before the test begins: 20 letters and digits. Scanning its QR code fills it in.",
  codeFault: "A tracking code has 20 letters and digits: A to Z and 2 to 7. Compare with the other device.",
  linkTitle: "2. The opened ballot",
  link: "Link that the other device shows once “Test this device” was chosen",
  linkHint: "Scan its QR code, or paste the link here.",
  linkFault: "This is not the whole link of an opened ballot. Copy all of it, or scan the QR code again.",
  compare: "Compare",
  file: "The question that voters answer",
  fileHint:
    "The link does not hold it, since it is long. Choose the file question.json that the trustees published with their key.",
  fileFault: "This file is not the question of that vote.",
  sameTitle: "This is what the device sealed",
  same: (code: string) =>
    `The ballot was made again, and has the same tracking code: ${code}. If this is what was chosen, the device did as it was told.`,
  ask: "If this is not what was chosen, the device changed the vote. Do not vote on it, and call the election office.",
  otherTitle: "Alarm: the device lied",
  differs: (shown: string, made: string) =>
    `The device showed the tracking code ${shown}, but the ballot that it opened has ${made}. It opened another ballot than it sealed. Do not vote on this device. Note both codes, and call the election office.`,
  typed: "If you typed the code, compare it once more first.",
  notABallot:
    "The link gives no ballot of this vote. If it was copied whole, the device did not open what it sealed: do not vote on it.",
  again: "Test another ballot",
  question: "To the question",
  answer: "the ballot answers",
  vote: "In the vote",
  region: "In the region of",
  says: "the ballot says",
  ranks: "the ballot ranks",
  yes: "Yes",
  no: "No",
  blank: "Blank ballot",
  observers: "For observers",
  digest: "SHA-256 of the question (ballotDigest in ceremony.json)",
  key: "Public key (publicKey in ceremony.json)",
  voterKey: "Voter key, as on the roll",
};

export type TestPageMessages = typeof testPageEn;

import { sentences } from "#core/sentences.ts";
/** The words of a letter. */
export const wordsEn = {
  kind: "Voter card · personal and confidential",
  opens: "Voting opens",
  closes: "Voting closes",
  region: "Your region",
  invitation:
    "You can vote on any phone or computer that is online. It takes a few minutes, and nobody can see how you voted.",
  code: "Your voting code",
  codeHint: "Capitals and spaces do not matter.",
  steps: "How to vote",
  open: "Open this address, or point your phone’s camera at the square.",
  checkRegion: (region: string) => sentences`Check that the ballot is that of your region: ${region}.`,
  mark: "Mark your ballot.",
  paper: (questions: number) => `Your ballot: ${questions} questions`,
  markAll: "Mark the ballot of each question.",
  identify: (labels: string) => `Enter ${labels} and the voting code above, and cast your ballot.`,
  identifyByCode: "Enter the voting code above, and cast your ballot.",
  field: (label: string) => `your ${label}`,
  keep: "Keep the receipt: its tracking code shows that your ballot is in the box.",
  keepAll: "Keep the receipt: its tracking codes show that your ballots are in the box.",
  square: "Leads to your ballot",
  lost: "If you lose this letter, or somebody else has seen the code",
  call: (contact: string) =>
    sentences`Call ${contact}. You will get a new code, and the one above will no longer be valid.`,
  secret: "Keep the code to yourself",
  secretHint:
    "The election office never asks for it. Do not pass it on and do not publish a picture of it: it is your vote.",
  help: "If you need help",
  helpHint: (contact: string, address: string) => sentences`Read ${address}, or call ${contact}.`,
  otherLanguage: (contact: string) => sentences`Vous préférez le français\u202f? Appelez ${contact}.`,
  number: (number: string) => `No. ${number}`,
};

export type LetterWords = typeof wordsEn;

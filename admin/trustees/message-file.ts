import type { Round } from "#core/trustees/ceremony/message.ts";

/** A ceremony's message in its folder. */
export const messageFile = (round: Round, trustee: number): string => `round-${round}-trustee-${trustee}.json`;

/** Names the stream's only shard where an event does not, at an emulator that lacks `stream-shard-id` (infra/emulator.ts). */
export const namingTheShard = (event: object): object => ({ shardId: "the-only-shard", ...event });

/** Names the stream's only shard for an emulator that lacks `stream-shard-id` (infra/emulator.ts). */
export const namingTheShard = (event: object): object => ({ shardId: "the-only-shard", ...event });

import { startFauxqs } from "fauxqs";

/** The process of the embedded queues; its folder, if any, is the first argument. */

const [, , folder] = process.argv;
const server = await startFauxqs({
  port: 0,
  logger: false,
  defaultRegion: process.env.AWS_REGION ?? "us-east-1",
  ...(folder !== undefined && { dataDir: folder }),
});

const stop = async (): Promise<void> => {
  await server.stop();
  process.exit(0);
};
process.on("SIGINT", () => {});
process.on("disconnect", () => void stop());
process.send?.(server.port);

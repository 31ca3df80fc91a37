import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline/promises";
import { Builder, Capabilities } from "selenium-webdriver";
import { Origin } from "selenium-webdriver/lib/input.js";
import type { Browser } from "#test/browsers/driver.ts";

/** WebKit in its smallest browser, over plain WebDriver. */

/** Without the browser's bars, which would keep the window wider than a phone. */
const OPTIONS = { "webkitgtk:browserOptions": { args: ["--automation", "--full-screen"] } };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** A screen that nobody sees, wide enough for a desk's window. */
async function startScreen(xvfb: string): Promise<Readonly<{ screen: ChildProcess; display: string }>> {
  const screen = spawn(xvfb, ["-displayfd", "1", "-screen", "0", "1400x1000x24"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { value, done } = await createInterface({ input: screen.stdout })[Symbol.asyncIterator]().next();
  if (done) throw new Error(`${xvfb} did not start`);
  return { screen, display: `:${value}` };
}

async function untilReady(server: string): Promise<void> {
  for (let trial = 0; ; trial++) {
    const isReady = await fetch(`${server}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (trial === 100) throw new Error(`no WebDriver answers at ${server}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function byWebDriver(driver: string, xvfb: string): Promise<Browser> {
  const { screen, display } = await startScreen(xvfb);
  const port = await freePort();
  const service = spawn(driver, [`--port=${port}`], { stdio: "ignore", env: { ...process.env, DISPLAY: display } });
  const server = `http://127.0.0.1:${port}`;
  await untilReady(server);
  return {
    async open() {
      const session = await new Builder()
        .usingServer(server)
        .withCapabilities(new Capabilities({ browserName: "MiniBrowser", ...OPTIONS }))
        .build();
      return {
        goto: (address) => session.get(address),
        evaluate: <Given, Result>(ask: (given: Given) => Result, given: Given) =>
          session.executeScript<Result>(`return (${ask})(arguments[0])`, given),
        slide([start, ...points]) {
          const actions = session.actions();
          const at = (point: Readonly<{ x: number; y: number }>) =>
            actions.move({ x: Math.round(point.x), y: Math.round(point.y), duration: 0, origin: Origin.VIEWPORT });
          if (start !== undefined) at(start);
          actions.press();
          for (const point of points) at(point);
          return actions.release().perform();
        },
        type: (text) => session.actions().sendKeys(text).perform(),
        resize: (width, height) => session.manage().window().setRect({ x: 0, y: 0, width, height }),
        close: () => session.quit(),
      };
    },
    async close() {
      for (const child of [service, screen]) {
        child.kill();
        if (child.exitCode === null) await once(child, "exit");
      }
    },
  };
}

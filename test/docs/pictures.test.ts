import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PICTURES } from "#load/screenshots/subjects.ts";

const FOLDER = "docs/pictures";

test("docs/pictures holds what `npm run screenshots` takes, and nothing else", async () => {
  const files = await readdir(FOLDER);
  expect(files.toSorted()).toEqual(PICTURES.map(({ file }) => file).toSorted());
});

test.each(["README.md", "README.fr.md", "docs/office.md", "docs/office.fr.md"])(
  "%s shows only pictures that are there",
  async (page) => {
    const text = await readFile(page, "utf8");
    const shown = [...text.matchAll(/pictures\/([^"\s)]+\.webp)/g)].map(([, file]) => file);
    expect(shown.length).toBeGreaterThan(0);
    const files = await readdir(FOLDER);
    expect(shown.filter((file) => !files.includes(file ?? ""))).toEqual([]);
  },
);

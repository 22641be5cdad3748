/** Puts the tables into bench/README.md, between two comments; the rest of the file is written by hand. */

import { readFile, writeFile } from "node:fs/promises";

const file = new URL("../README.md", import.meta.url);
const from = "<!-- npm run bench writes from here -->";
const to = "<!-- to here -->";

export async function writeSection(text) {
  const page = await readFile(file, "utf8");
  const start = page.indexOf(from);
  const end = page.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`bench/README.md has lost its comments ${from} and ${to}`);
  await writeFile(file, `${page.slice(0, start + from.length)}\n\n${text}\n\n${page.slice(end)}`);
}

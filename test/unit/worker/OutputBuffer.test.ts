import { expect, it } from "vitest";
import type { OutputEntry } from "../../../src/protocol/messages.ts";
import { OutputBuffer } from "../../../src/worker/OutputBuffer.ts";

const stdout = (text: string): OutputEntry => ({ type: "stdout", text });

it("joins neighbouring pieces of one stream only", () => {
  const buffer = new OutputBuffer({ limit: 100, live: undefined, now: () => 0 });
  for (const entry of [stdout("a"), stdout("b"), { type: "stderr", text: "c" } as const, stdout("d")]) buffer.push(entry);
  expect(buffer.finish()).toEqual([stdout("ab"), { type: "stderr", text: "c" }, stdout("d")]);
});

it("counts bytes, not characters, and keeps the beginning of the piece that is too long", () => {
  const buffer = new OutputBuffer({ limit: 9, live: undefined, now: () => 0 });
  buffer.push(stdout("é€😀"));
  expect(buffer.finish()).toEqual([stdout("é€😀")]);
  const over = new OutputBuffer({ limit: 6, live: undefined, now: () => 0 });
  over.push(stdout("€€€"));
  expect(over.finish()).toEqual([stdout("€€"), { type: "stderr", text: expect.stringContaining("3 more bytes") }]);
});

it("passes live entries on at once, then at most every few milliseconds of synchronous code, the rest after it", async () => {
  let time = 0;
  const sent: (readonly OutputEntry[])[] = [];
  const buffer = new OutputBuffer({ limit: 100, live: (entries) => sent.push(entries), now: () => time });
  buffer.push(stdout("a"));
  buffer.push(stdout("b"));
  expect(sent).toEqual([[stdout("a")]]);
  time = 50;
  buffer.push(stdout("c"));
  buffer.push(stdout("d"));
  expect(sent).toEqual([[stdout("a")], [stdout("bc")]]);
  await Promise.resolve();
  expect(sent.at(-1)).toEqual([stdout("d")]);
});

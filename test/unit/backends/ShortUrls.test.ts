/** What a worker elsewhere says is passed on, without the text of its program. */

import { expect, test } from "vitest";
import { ShortUrls } from "../../../src/backends/cluster/ShortUrls.ts";

const url = `data:text/javascript;base64,${"QUJD".repeat(30_000)}==`;

test.each([1 << 20, 32_768, 1000])("a program's text is left out, however it is cut (%i bytes)", (size) => {
  const said = Buffer.from(`before ü\n2: ${url}:1:5\nafter\n`);
  const urls = new ShortUrls();
  let heard = "";
  for (let at = 0; at < said.length; at += size) heard += Buffer.from(urls.shorten(said.subarray(at, at + size))).toString("latin1");
  expect(Buffer.from(heard, "latin1").toString()).toBe("before ü\n2: file:///futureplan/dist/worker.js:1:5\nafter\n");
});

test("other output is left alone", () => {
  const chunk = Buffer.from("plain words");
  expect(new ShortUrls().shorten(chunk)).toBe(chunk);
});

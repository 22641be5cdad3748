import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourcePosition } from "../../../src/platform/sourceMaps.ts";

const directory = mkdtempSync(join(tmpdir(), "maps-"));
const url = pathToFileURL(join(directory, "made.cjs")).href;

beforeAll(() => {
  process.setSourceMapsEnabled(true);
  // Generated line 1 column 0 is line 3 column 4 of the source ("AAEI").
  const map = Buffer.from(JSON.stringify({ version: 3, sources: ["made.ts"], names: [], mappings: "AAEI" })).toString("base64");
  writeFileSync(join(directory, "made.cjs"), `exports.x = 1;\n//# sourceMappingURL=data:application/json;base64,${map}\n`);
  createRequire(import.meta.url)(join(directory, "made.cjs"));
});

afterAll(() => {
  process.setSourceMapsEnabled(false);
  rmSync(directory, { recursive: true });
});

test("a generated position becomes that of the source", () => {
  expect(sourcePosition({ url, line: 1, column: 10 })).toMatchObject({ url: expect.stringContaining("made.ts"), line: 3, column: 5 });
});

test("a line that the generated text does not have is a position of the source already", () => {
  expect(sourcePosition({ url, line: 40, column: 10 })).toBeUndefined();
});

test("a file without a map has no other position", () => {
  expect(sourcePosition({ url: "file:///nowhere.js", line: 1, column: 1 })).toBeUndefined();
});

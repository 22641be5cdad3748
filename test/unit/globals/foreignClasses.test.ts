import { describe, expect, it } from "vitest";
import type { Special } from "../../../src/codec/Encoded.ts";
import { NotPortable } from "../../../src/errors/errors.ts";
import { decodeAtHome } from "../../../src/globals/snapshot.ts";

const here = import.meta.url;
const absent: readonly (readonly [title: string, special: Special])[] = [
  ["a package that is not here", ["import", "not-installed-anywhere", here, ["Bad"]]],
  ["a CommonJS file that is not here", ["require", "file:///nowhere/node_modules/none/index.js", ["Bad"]]],
  [
    "a variable of a file that is not here",
    ["scope", "file:///nowhere/x.js", "file:///nowhere/x.js", ["import", "", "0", "Bad", "", "", "", "the class Bad", "make"]],
  ],
  ["a variable of another file", ["scope", "node:path", "node:path", ["import", "", "0", "Bad", "", "", "", "the class Bad", "join"]]],
];

describe("a result whose module home cannot load", () => {
  it.each(absent)("is refused by its name: %s", async (_, special) => {
    const body = { root: undefined, specials: [["instance", 1, { n: 1 }], ["prototype", 2], special], fixups: [undefined, "root", 0] };
    const decoded = async (): Promise<unknown> => decodeAtHome(body as never, []);
    await expect(decoded()).rejects.toThrow(NotPortable);
    await expect(decoded()).rejects.toThrow(/not-installed-anywhere|none\/index.js|nowhere\/x.js|node:path/);
  });

  it.each(absent)("tells errors all the same: %s", async (_, special) => {
    const error: Special = [
      "error",
      [undefined],
      "Bad: so\n    at there",
      1,
      ["message", 6, "so", undefined, "code", 7, "E", undefined],
      "open",
    ];
    const body = { root: undefined, specials: [error, ["prototype", 2], special], fixups: [undefined, "root", 0] };
    const back = (await decodeAtHome(body as never, [])) as Error & { code: string };
    expect(back).toBeInstanceOf(Error);
    expect([back.name, back.message, back.code, back.stack]).toEqual(["Bad", "so", "E", "Bad: so\n    at there"]);
  });

  it("is refused where the class of an error is needed for more", async () => {
    const error: Special = ["error", [undefined], "Bad: so", 1, [], "open"];
    const specials = [error, ["prototype", 2], absent[0]?.[1], ["instance", 1, {}]];
    const body = { root: undefined, specials, fixups: [undefined, "root", 3] };
    await expect((async () => decodeAtHome(body as never, []))()).rejects.toThrow(NotPortable);
  });
});

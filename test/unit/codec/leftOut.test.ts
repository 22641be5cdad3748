import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { resultEncoder } from "../../../src/codec/encode/resultEncoder.ts";
import { Linker } from "../../../src/codec/Linker.ts";
import { NotPortable } from "../../../src/errors/errors.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";

const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.resolve({}) });

class Service {
  factor = 3;
  db = new WeakRef({});
  /** Its text tells of `this.factor` only; the rest depends on what it is given. */
  apply(use: (factor: number) => unknown): unknown {
    return use(this.factor);
  }
}

/** What arrives of a service of which code reads `factor`. */
function arrived(): { factor: number; db?: unknown } {
  const service = new Service();
  const { payload } = snapshot(() => service.factor, [], { globals: true, maxGlobalsSize: 1e9, label: undefined });
  const { body, needs } = structuredClone({ body: payload.body, needs: payload.needs });
  linker.define(needs);
  linker.decode(body);
  const at = body.specials?.findIndex(([tag]) => tag === "part") ?? -1;
  const root = [undefined];
  return (linker.decode({ ...body, root, fixups: [...(body.fixups ?? []), root, 0, at] }) as [Service])[0];
}

describe("what stayed at home", () => {
  test.each<readonly [string, (object: { factor: number; db?: unknown }) => unknown]>([
    ["reading it", (o) => o.db],
    ["an optional chain", (o) => (o.db as { x?: unknown } | undefined)?.x],
    ["a default", ({ db = 1 }) => db],
    ["writing it", (o) => (o.db = 1)],
    ["spreading", (o) => ({ ...o })],
    ["Object.assign", (o) => Object.assign({}, o)],
    ["Object.values", (o) => Object.values(o)],
    ["JSON.stringify", (o) => JSON.stringify(o)],
    ["structuredClone", (o) => structuredClone(o)],
    ["a result", (o) => linker.encode(o)],
  ])("%s is refused by name", (_, use) => {
    const object = arrived();
    expect(() => use(object)).toThrow(NotPortable);
    expect(() => use(object)).toThrow(/service → db/);
  });

  test("is there for those who ask whether it is, and is not shown as undefined", () => {
    const object = arrived();
    expect(["db" in object, Object.keys(object).toSorted(), object.factor]).toEqual([true, ["db", "factor"], 3]);
    expect(inspect(object)).toContain("db: [Getter/Setter]");
  });
});

/**
 * Private state: generated classes, some with private fields, methods, accessors and public ones, over each other or over classes of the
 * language, constructed and then changed. Their instances show elsewhere, and at home again, what they show here; nothing of theirs runs.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { NotPortable } from "../src/errors/errors.ts";
import { roundTrip } from "../test/unit/globals/roundTrip.ts";
import "./seed.ts";

type Name = "#a" | "#b" | "c" | "d";
const names: readonly Name[] = ["#a", "#b", "c", "d"];
const initialisers = ["", "1", "'t'", "[1, { k: 2 }]", "new Map([[1, 2]])", "() => 7", "note('init')", "{ deep: [note('deep')] }", "this"];

interface Member {
  readonly kind: "field" | "method" | "getter";
  readonly name: Name;
  readonly value: string;
}

interface Level {
  readonly members: readonly Member[];
  readonly constructor: "none" | "plain" | "pattern" | "late";
}

interface Family {
  /** What the first class extends. */
  readonly base: string;
  readonly levels: readonly Level[];
  readonly instances: readonly { readonly level: number; readonly integrity: string }[];
}

const member: fc.Arbitrary<Member> = fc.record({
  kind: fc.constantFrom("field", "field", "method", "getter"),
  name: fc.constantFrom(...names),
  value: fc.constantFrom(...initialisers),
});

const level: fc.Arbitrary<Level> = fc.record({
  members: fc.uniqueArray(member, { maxLength: 4, selector: ({ name }) => name }),
  constructor: fc.constantFrom("none", "plain", "pattern", "late"),
});

const family: fc.Arbitrary<Family> = fc.record({
  base: fc.constantFrom("", "Object", "Map", "Array", "Error", "Date"),
  levels: fc.array(level, { minLength: 1, maxLength: 4 }),
  instances: fc.array(fc.record({ level: fc.nat(3), integrity: fc.constantFrom("", "freeze", "seal") }), { minLength: 1, maxLength: 4 }),
});

/** The text of class `L<index>`; `show<index>` gives all that it has of its own. */
function classText({ members, constructor }: Level, index: number, parent: string): string {
  const texts = members.map((each) => {
    if (each.kind === "field")
      return `${each.name}${each.value === "" ? "" : ` = ${each.value.startsWith("{") ? `(${each.value})` : each.value}`};`;
    return each.kind === "getter" ? `get ${each.name}() { return "g${index}"; }` : `${each.name}() { return "m${index}"; }`;
  });
  const own = members.filter(({ name }) => name.startsWith("#"));
  const fields = members.filter((each) => each.kind === "field" && each.name.startsWith("#"));
  const heads = {
    none: "",
    plain: "constructor(x) {",
    pattern: "constructor({ p, q = note('default') } = note('pattern'), ...[r = note('rest')]) {",
    late: "constructor(x) { note('before');",
  };
  const above = parent === "" ? "" : "super({ p: index }, 2);".replace("index", String(index));
  const after = fields.map(({ name }) => `if (note('after')) this.${name} = [this.${name}, ${index}];`).join(" ");
  const shown = own.map((each) => `[#${each.name.slice(1)} in o, tell(() => o.${each.name}${each.kind === "method" ? "()" : ""})]`);
  return `class L${index}${parent === "" ? "" : ` extends ${parent}`} { ${texts.join(" ")} ${constructor === "none" ? "" : `${heads[constructor]} ${above} ${after} }`}
    static show${index}(o) { return [${shown.join(", ")}]; }
    static change${index}(o) { ${fields.map(({ name }) => `if (${name} in o) o.${name} = { was: o.${name}, next: list };`).join(" ")} } }`;
}

function programText({ base, levels, instances }: Family): string {
  const classes = levels.map((each, index) => classText(each, index, index > 0 ? `L${index - 1}` : base === "" ? "" : "Built"));
  const made = instances.map(({ level: at, integrity }, index) => {
    const name = `L${at % levels.length}`;
    return `const o${index} = new ${name}({ p: 1 }, 2); list.push(${integrity === "" ? `o${index}` : `Object.${integrity}(o${index})`});`;
  });
  const changes = levels.map((_, index) => `list.forEach((o, i) => i % 2 === 0 && L${index}.change${index}(o));`);
  const shows = levels.map((_, index) => `L${index}.show${index}(o)`);
  const built = base === "" ? "" : `class Built extends ${base} { constructor() { super(); } }`;
  return `"use strict"; ${built} const log = []; const note = (x) => log.push(x); const list = [];
    const tell = (f) => { try { const v = f(); return typeof v === "function" ? ["function", v.name, v()] : v; } catch (e) { return e.name; } };
    ${classes.join("\n")}
    ${made.join("\n")} ${changes.join("\n")}
    const text = (v, all) => all.includes(v) ? "#" + all.indexOf(v) : v === list || v === all ? "list" : Array.isArray(v) ? "[" + v.map((x) => text(x, all)) + "]" : v instanceof Map ? "Map" + text([...v], all)
      : typeof v === "object" && v !== null ? "{" + Object.entries(v).map((e) => text(e, all)) + "}" : typeof v + String(v);
    const show = (all) => text(all.map((o) => [${shows.join(", ")}, Object.getPrototypeOf(o).constructor.name, Reflect.ownKeys(o).filter((k) => k !== "stack"), Object.isFrozen(o), Object.isSealed(o)]), all);
    return { show, list, out: () => [show(list), log.length], back: () => list, log, classes: [${levels.map((_, index) => `L${index}`).join(", ")}] };`;
}

interface Made {
  readonly show: (all: readonly unknown[]) => unknown;
  readonly list: readonly object[];
  readonly out: () => unknown;
  readonly back: () => readonly object[];
  readonly log: readonly unknown[];
  readonly classes: readonly Function[];
}

/** What goes there shows the same there; what comes home, too, unless it is refused. */
export async function showsTheSame(of: Family): Promise<boolean> {
  const { show, list, out, back, log } = new Function(programText(of))() as Made;
  const before = log.length;
  const [expected, again] = [out(), show(list)];
  expect(await roundTrip(out, [])).toEqual(expected);
  if (of.base === "Error") return false; // those that home cannot make come home without
  let returned;
  try {
    returned = await roundTrip(back, []);
  } catch (error) {
    if (error instanceof NotPortable) return false;
    throw error;
  } finally {
    expect(log).toHaveLength(before);
  }
  expect(show(returned)).toEqual(again);
  returned.forEach((each, index) => expect(Object.getPrototypeOf(each)).toBe(Object.getPrototypeOf(list[index])));
  expect(returned.some((each) => list.includes(each))).toBe(false);
  return true;
}

test("instances of generated classes show elsewhere and at home again what they show here", async () => {
  let cameHome = 0;
  await fc.assert(
    fc.asyncProperty(family, async (of) => {
      if (await showsTheSame(of)) cameHome += 1;
    }),
    { numRuns: 60 },
  );
  expect(cameHome).toBeGreaterThan(5);
});

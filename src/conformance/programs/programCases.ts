/**
 * Cases that are programs: source text which makes a function, so that neither compiler nor bundler touches
 * what is captured. The function is made twice; one copy runs at home, the other as a future, and both must agree.
 */

import type { Case, Context, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, NotPortable, value } from "../../index.ts";

/** Title → body of a function that returns the function under test. */
export type Programs = Readonly<Record<string, string>>;

/** Title → files of a program; the first exports `make`, which returns the function under test. */
export type FilePrograms = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Title → body (or whole module), and what the message of the refusal must say. */
export type RefusedPrograms = Readonly<Record<string, readonly [body: string, message: RegExp]>>;

type Made = () => unknown;

const inModule = (body: string): Readonly<Record<string, string>> => ({ "program.mjs": `export function make() {\n${body}\n}\n` });
const inScript = (body: string): Readonly<Record<string, string>> => ({ "program.cjs": `exports.make = function () {\n${body}\n};\n` });
const call = (fn: Made): unknown => fn();
const again = async (fn: Made): Promise<unknown> => value(future(fn));

/** The future gives what the same function gives at home. `sloppy` programs are CommonJS without strict mode. */
export function programCases(area: string, programs: Programs, mode: "strict" | "sloppy" = "strict"): readonly Case[] {
  const wrap = mode === "strict" ? inModule : inScript;
  return filePrograms(area, Object.fromEntries(Object.entries(programs).map(([title, body]) => [title, wrap(body)])));
}

/** The same from a future within a future: what was rebuilt from text there is taken apart and rebuilt once more. */
export function nestedCases(area: string, programs: Programs): readonly Case[] {
  return define(
    area,
    Object.entries(programs).map(([title, body]) => sameAsHomeWithin(title, inModule(body))),
  );
}

function sameAsHomeWithin(title: string, files: Readonly<Record<string, string>>): Definition {
  return {
    title: `${title}: twice away`,
    run: async (context): Promise<void> => {
      const make = await load(context, files);
      const expected = await make()();
      assert.deepEqual(await value(future(again, [make()])), expected);
    },
  };
}

/** The same for programs of several files. */
export function filePrograms(area: string, programs: FilePrograms): readonly Case[] {
  return define(
    area,
    Object.entries(programs).map(([title, files]) => sameAsHome(title, files)),
  );
}

/** The future either gives what the same function gives at home or says clearly that something cannot travel. */
export function sameOrRefusedCases(area: string, programs: Programs, mode: "strict" | "sloppy" = "strict"): readonly Case[] {
  const wrap = mode === "strict" ? inModule : inScript;
  return define(
    area,
    Object.entries(programs).map(([title, body]) => sameOrRefused(title, wrap(body))),
  );
}

function sameOrRefused(title: string, files: Readonly<Record<string, string>>): Definition {
  return {
    title: `${title}: as at home, or refused`,
    run: async (context): Promise<void> => {
      const make = await load(context, files);
      const expected = await make()();
      const actual = await settle(future(make()));
      if (actual.error === undefined) assert.deepEqual(actual.value, expected);
      else assertRefusal(actual.error, /./);
    },
  };
}

/** The future is refused with `NotPortable`, and the message says what and where. */
export function refusedCases(area: string, programs: RefusedPrograms): readonly Case[] {
  return define(
    area,
    Object.entries(programs).map(([title, [body, message]]) => refused(title, inModule(body), message)),
  );
}

/** The same for whole modules that export `make`. */
export function fileRefusedCases(area: string, programs: RefusedPrograms): readonly Case[] {
  return define(
    area,
    Object.entries(programs).map(([title, [text, message]]) => refused(title, { "main.mjs": text }, message)),
  );
}

/** A body gives a function and another that shows its value, or what it throws, at home: both ways must show the same. */
export function shownCases(area: string, programs: Programs): readonly Case[] {
  return define(
    area,
    Object.entries(programs).map(([title, body]) => shown(title, inModule(body))),
  );
}

function shown(title: string, files: Readonly<Record<string, string>>): Definition {
  return {
    title: `${title}: seen at home`,
    args: { via: ["itself", "nested"] },
    run: async (context): Promise<void> => {
      const { make } = await context.importFiles(files);
      const pair = (): unknown => (typeof make === "function" ? make() : undefined);
      const start = (fn: Made): PromiseLike<unknown> => (context.via === "nested" ? future(again, [fn]) : future(fn));
      const [expected, actual] = [await settleShown(pair(), async (fn) => fn()), await settleShown(pair(), start)];
      assert.deepEqual(actual, expected);
    },
  };
}

async function settleShown(pair: unknown, start: (fn: Made) => PromiseLike<unknown>): Promise<unknown> {
  assert.ok(Array.isArray(pair), "the program gives a function and what shows its value");
  const [fn, show]: unknown[] = pair;
  assert.ok(typeof fn === "function" && typeof show === "function");
  const { value: result, error } = await settle(start(() => fn()));
  return show(error ?? result);
}

function refused(title: string, files: Readonly<Record<string, string>>, message: RegExp): Definition {
  return {
    title: `${title} is refused by name`,
    run: async (context): Promise<void> => {
      const make = await load(context, files);
      const actual = await settle(future(make()));
      assert.ok(actual.error !== undefined, "it was not refused");
      assertRefusal(actual.error, message);
    },
  };
}

function sameAsHome(title: string, files: Readonly<Record<string, string>>): Definition {
  return {
    title,
    args: { via: ["itself", "argument"] },
    run: async (context): Promise<void> => {
      const make = await load(context, files);
      const expected = await make()();
      const fn = make();
      const actual = await value(context.via === "itself" ? future(fn) : future(call, [fn]));
      assert.deepEqual(actual, expected);
    },
  };
}

async function load(context: Context, files: Readonly<Record<string, string>>): Promise<() => Made> {
  const { make } = await context.importFiles(files);
  assert.ok(typeof make === "function", "the program exports make");
  return () => make();
}

async function settle(started: PromiseLike<unknown>): Promise<{ readonly value: unknown; readonly error: unknown }> {
  return started.then(
    (result) => ({ value: result, error: undefined }),
    (error: unknown) => ({ value: undefined, error }),
  );
}

function assertRefusal(error: unknown, message: RegExp): void {
  assert.ok(error instanceof NotPortable, `expected NotPortable, got ${String(error)}`);
  assert.match(error.message, message);
}

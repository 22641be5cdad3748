/**
 * Laws: the free names of a function's text, with where and how they are used, are those that eslint-scope finds. Holds
 * for generated programs and for every function of real files. Strict code only: eslint-scope does not know sloppy
 * functions in blocks.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { parse, type AnyNode } from "acorn";
import { analyze, type Reference } from "eslint-scope";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyseFunction } from "../src/globals/analysis/analyseFunction.ts";
import { analyseScript } from "../src/globals/analysis/analyseScript.ts";
import { rewriteFree } from "../src/globals/analysis/rewriteFree.ts";
import type { FreeName } from "../src/globals/analysis/freeNames.ts";
import { program } from "./programs.ts";
import "./seed.ts";

/** All uses of a name, in a form that both analyses can be brought to. */
type Uses = Map<string, { reads: boolean; assigned: boolean; at: number[] }>;

/** For each function and class of a module: its uses of free names by our analysis of its text alone, and by eslint-scope. */
export function bothAnalyses(source: string): { text: string; ours: Uses; oracle: Uses }[] {
  const tree = parse(source, { ecmaVersion: "latest", sourceType: "module", ranges: true });
  const scopes = analyze(tree as never, { ecmaVersion: 2022, sourceType: "module" });
  const script = analyseScript(source, "module");
  return literalsOf(tree).map((node) => {
    const range = script?.functionAt(node.start);
    const scope = scopes.acquire(node as never);
    if (range === undefined || scope === null) throw new Error(`no function at ${node.start}`);
    const text = source.slice(range.start, range.end);
    return { text, ours: ourUses(text, node.type === "FunctionDeclaration"), oracle: oracleUses(scope.through, range.start) };
  });
}

/** Functions and classes; a constructor's text is its class. */
function literalsOf(node: AnyNode): AnyNode[] {
  const inside = Object.values(node)
    .flat()
    .filter((value): value is AnyNode => typeof value === "object" && value !== null && "type" in value)
    .flatMap(literalsOf);
  if (node.type === "MethodDefinition" && node.kind === "constructor") return inside.filter((literal) => literal !== node.value);
  return /Function|^Class(?!Body)/.test(node.type) ? [node, ...inside] : inside;
}

/** To a function declaration, its own name is free like any other. */
function ourUses(text: string, isDeclaration: boolean): Uses {
  const { free, ownName, ownUses } = analyseFunction(text, true);
  const own: [string, FreeName][] = isDeclaration && ownName !== undefined && ownUses !== undefined ? [[ownName, ownUses]] : [];
  return new Map(
    [...free, ...own].map(([name, { reads, assigned, positions }]) => [
      name,
      { reads, assigned, at: positions.map(({ start }) => start).toSorted((a, b) => a - b) },
    ]),
  );
}

/** eslint-scope notes a target with a default twice. */
function oracleUses(references: readonly Reference[], offset: number): Uses {
  const uses: Uses = new Map();
  for (const reference of references) {
    const { name, range } = reference.identifier;
    const use = uses.get(name) ?? { reads: false, assigned: false, at: [] };
    uses.set(name, use);
    const start = (range?.[0] ?? NaN) - offset;
    if (!use.at.includes(start)) use.at.push(start);
    use.reads ||= reference.isRead();
    use.assigned ||= reference.isWrite();
  }
  for (const use of uses.values()) use.at.sort((a, b) => a - b);
  return uses;
}

/** Rewritten code uses `$0` instead of every replaced name, and is otherwise the same to analysis. */
export function rewritesCompletely(source: string): void {
  const text = source.slice("export default ".length, -1);
  const facts = analyseFunction(text, true);
  const names = [...facts.free.keys()].filter((name) => name !== "arguments");
  const rewritten = analyseFunction(rewriteFree(text, facts, new Map(names.map((name) => [name, `$0.${name}`]))), true);
  const left = facts.free.has("arguments") ? ["arguments"] : [];
  expect([...rewritten.free.keys()].toSorted()).toEqual(names.length === 0 ? left : ["$0", ...left]);
  expect(rewritten.free.get("$0")?.positions.length ?? 0).toBe(names.flatMap((name) => facts.free.get(name)?.positions ?? []).length);
}

function expectAgreement(source: string): void {
  for (const { text, ours, oracle } of bothAnalyses(source)) expect({ text, uses: ours }).toEqual({ text, uses: oracle });
}

const packages = new URL("../node_modules/", import.meta.url);

function largestFile(folder: string): string {
  const sizes = readdirSync(new URL(folder, packages)).map((file) => ({ file, size: statSync(new URL(folder + file, packages)).size }));
  return folder + sizes.toSorted((a, b) => b.size - a.size)[0]?.file;
}

describe("free names", () => {
  test("of generated functions are those that eslint-scope finds", () => {
    fc.assert(fc.property(program, expectAgreement), { numRuns: 1000 });
  });

  test("of generated functions can all be replaced by properties", () => {
    fc.assert(fc.property(program, rewritesCompletely), { numRuns: 1000 });
  });

  test.each(["acorn/dist/acorn.mjs", "fast-check/lib/fast-check.js", largestFile("vitest/dist/chunks/")])(
    "of all functions in %s are those that eslint-scope finds",
    (file) => {
      expectAgreement(readFileSync(new URL(file, packages), "utf8"));
    },
    60_000,
  );
});

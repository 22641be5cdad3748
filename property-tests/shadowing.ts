/**
 * Generates modules whose inner scopes have variables named like their imports. Every variable holds something with a tag, and its
 * declaration is followed by that tag in a comment: so eslint-scope, which links uses to declarations, tells what a function must see.
 */

import { parse, type AnyNode } from "acorn";
import { analyze } from "eslint-scope";
import fc from "fast-check";

const names = ["a", "b", "c", "d", "e", "f"] as const;
const name = fc.constantFrom(...names);

/** `TAG` stands for the name and its comment. */
const imports = fc.shuffledSubarray(
  [
    `import { x as TAG } from "esm"|esm.x`,
    `import { f as TAG } from "esm"|esm.f`,
    `import { K as TAG } from "esm"|esm.K`,
    `import TAG from "esm"|esm.default`,
    `import * as TAG from "esm"|esm`,
    `import TAG from "cjs"|cjs`,
    `import { x as TAG } from "cjs"|cjs.x`,
    `import { f as TAG } from "cjs"|cjs.f`,
    `import { join as TAG } from "node:path"|join`,
    `import TAG from "node:path"|path`,
    `import * as TAG from "node:path"|path`,
    `import { EventEmitter as TAG } from "events"|EventEmitter`,
  ],
  { minLength: names.length, maxLength: names.length },
);

/** What declares one or two names around a body; `N` is the first, `M` the second, `V` and `W` what they hold. */
const shells = [
  `((N, M) => { BODY })(V, W)`,
  `(function (N, { k: M }) { BODY })(V, { k: W })`,
  `(({ k: [N], ...rest }, [, M] = [0, W]) => { BODY })({ k: [V] })`,
  `((N = V, M = W) => { BODY })()`,
  `(() => { const N = V; let M = W; BODY })()`,
  `(() => { var N = V; { const [M] = [W]; BODY } })()`,
  `(() => { for (const N of [V]) for (let M = W; ; ) { BODY } })()`,
  `(() => { try { throw V } catch (N) { try { throw { k: W } } catch ({ k: M }) { BODY } } })()`,
  `(() => { switch (1) { case 1: const N = V; { let M = W; BODY } } })()`,
  `(() => { function N() {} N.tag = V.tag; class M { static tag = W.tag } BODY })()`,
  `(function N/*NAME*/(M) { BODY })(W)`,
  `(function* N/*NAME*/(M) { yield (() => { BODY })() })(W).next().value`,
  `(class N { static tag = V.tag; static made = ((M) => { BODY })(W) }).made`,
  `(() => { let made; class C { static { const N = V; let M = W; made = (() => { BODY })() } } return made })()`,
];

interface Shell {
  readonly text: string;
  readonly names: readonly string[];
}

const shell: fc.Arbitrary<Shell> = fc.record({
  text: fc.constantFrom(...shells),
  names: fc.shuffledSubarray([...names], { minLength: 2, maxLength: 2 }),
});

const leaves = [
  `() => seen([USES])`,
  `function () { return seen([USES]) }`,
  `({ m() { return seen([USES]) } }).m`,
  `(...rest) => (() => seen([USES]))()`,
];

export interface Shadowing {
  /** `WANTED` stands for the tags. */
  readonly source: string;
  /** What the function that `make` returns must see. */
  readonly tags: readonly string[];
}

export const shadowing: fc.Arbitrary<Shadowing> = fc
  .record({
    imports,
    shells: fc.array(shell, { maxLength: 4 }),
    leaf: fc.constantFrom(...leaves),
    uses: fc.array(name, { minLength: 1, maxLength: 6 }),
  })
  .map((parts) => {
    const source = sourceOf(parts);
    return { source, tags: tagsOf(source) };
  });

function sourceOf(parts: { imports: readonly string[]; shells: readonly Shell[]; leaf: string; uses: readonly string[] }): string {
  const head = parts.imports.map((line, at) => {
    const [text = "", tag] = line.split("|");
    return `${text.replace("TAG", `${names[at]}/*${tag}*/`)};`;
  });
  const markers: string[] = [];
  const mark = (declared: string): string => {
    markers.push(`const m${markers.length} = ${markers.length % 2 === 0 ? "{}" : "() => 1"}; m${markers.length}.tag = "${declared}";`);
    return `m${markers.length - 1}`;
  };
  // The innermost shell comes last.
  const body = parts.shells.reduceRight(
    (inner, { text, names: [first = "", second = ""] }, at) => {
      const [v, w] = [mark(`${at}.${first}`), mark(`${at}.${second}`)];
      const named = text.replace("/*NAME*/", `/*${first}*/`).replace(/\bN\b(?!\.)(?!\/\*)/, `${first}/*${at}.${first}*/`);
      const both = named.replace(/\bM\b/, `${second}/*${at}.${second}*/`).replaceAll(/\bN\b/g, first);
      return `return ${both
        .replaceAll(/\bV\b/g, v)
        .replaceAll(/\bW\b/g, w)
        .replace("BODY", () => inner)};`;
    },
    `return /*leaf*/ ${parts.leaf.replace("USES", parts.uses.map((used) => `tag(${used})`).join())};`,
  );
  return [
    ...head,
    `const tag = (v) => v.tag ?? (typeof v === "function" ? v.name : "path");`,
    ...markers,
    `const kept = [${markers.map((_, at) => `m${at}`).join()}];`,
    `const seen = (tags) => { if (tags.join() !== WANTED.join()) throw new Error("saw " + tags.join() + " instead of " + WANTED.join()); return [tags, kept.map(tag)] };`,
    `const made = (() => { ${body} })();`,
    `export const make = () => made;`,
  ].join("\n");
}

/** By eslint-scope: the tags of what the marked function uses, and of all markers. */
function tagsOf(source: string): readonly string[] {
  const tree = parse(source, { ecmaVersion: "latest", sourceType: "module", ranges: true });
  const scopes = analyze(tree as never, { ecmaVersion: 2022, sourceType: "module" });
  const uses = usesIn(tree, source.indexOf("/*leaf*/"));
  return uses.map((position) => {
    const reference = scopes.scopes.flatMap((scope) => scope.references).find(({ identifier }) => identifier.range?.[0] === position);
    const end = reference?.resolved?.defs[0]?.name.range?.[1] ?? NaN;
    const [, tag = "unmarked"] = /^\/\*(.*?)\*\//.exec(source.slice(end)) ?? [];
    return tag;
  });
}

/** The positions of the arguments of `tag(…)` after an offset, before the export. */
function usesIn(tree: AnyNode, start: number): number[] {
  const inside = Object.values(tree)
    .flat()
    .filter((value): value is AnyNode => typeof value === "object" && value !== null && "type" in value)
    .flatMap((node) => usesIn(node, start));
  if (tree.type !== "CallExpression" || tree.callee.type !== "Identifier" || tree.callee.name !== "tag" || tree.start < start)
    return inside;
  return [tree.arguments[0]?.start ?? NaN];
}

/** The packages that the generated modules import. */
export const packages: Readonly<Record<string, string>> = {
  "node_modules/esm/package.json": `{ "name": "esm", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "node_modules/esm/index.js": `export const tag = "esm"; export const x = { tag: "esm.x" }; export function f() {} f.tag = "esm.f"; export class K { static tag = "esm.K" } export default { tag: "esm.default" };`,
  "node_modules/cjs/package.json": `{ "name": "cjs", "version": "1.0.0" }`,
  "node_modules/cjs/index.js": `exports.tag = "cjs"; exports.x = { tag: "cjs.x" }; exports.f = () => 1; exports.f.tag = "cjs.f";`,
};

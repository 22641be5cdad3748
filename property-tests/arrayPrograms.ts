/**
 * Generates programs that work on typed arrays: a main function and helpers, all of which take arrays from outside and
 * as arguments. Some only read, in all ways the language has; others write, or let the array out, by one statement of
 * many. `n` is a number, `k` may be any key; the other names are those of `makeWorld` in `arrayReads.test.ts`.
 */

import fc from "fast-check";
import { code } from "./programs.ts";

type Text = fc.Arbitrary<string>;

interface Grammar {
  readonly number: Text;
  readonly reading: Text;
  readonly writing: Text;
}

/** Programs go wrong while they are generated, too: names may shadow each other. */
function makeGrammar(arrays: readonly string[], functions: readonly string[]): Grammar {
  const name = fc.constantFrom(...arrays);
  const fn = fc.constantFrom(...functions);
  return fc.letrec<Record<"array" | "index" | "number" | "reading" | "writing", string>>((tie) => {
    const [array, index, number, reading] = [tie("array"), tie("index"), tie("number"), tie("reading")];
    const depth = { maxDepth: 3, depthIdentifier: "arrays" };
    return {
      array: fc.oneof(
        { ...depth, withCrossShrink: true },
        { weight: 8, arbitrary: name },
        code`${array}.subarray(${index})`,
        code`(n > 1 ? ${array} : ${array})`,
        code`(${number}, ${array})`,
        code`(${array} ?? ${array})`,
      ),
      index: fc.oneof(
        depth,
        { weight: 6, arbitrary: fc.constantFrom("0", "1", "i", "start", "n", "pick()", "last()", "i * 2 + 1", "n + 1") },
        code`(${number} | 0)`,
        code`order[${index}]`,
        code`Math.floor(${number})`,
        code`(${index} ? ${index} : ${index})`,
      ),
      number: fc.oneof(depth, { weight: 2, arbitrary: fc.constantFrom("0", "1", "n", "s", "i") }, ...numbers(array, index, number, fn)),
      reading: fc.oneof(depth, { weight: 4, arbitrary: code`s += ${number};` }, ...readings(array, index, number, reading)),
      writing: fc.oneof(...writings(array, index, number, fn)),
    };
  });
}

function numbers(array: Text, index: Text, number: Text, fn: Text): Text[] {
  return [
    code`(${number} + ${number})`,
    code`${array}[${index}]`,
    code`${array}[${index}]`,
    code`${array}?.[${index}]`,
    code`${array}.length`,
    code`${array}.at(${index})`,
    code`Math.sqrt(${array}[k])`,
    code`${array}[k] * 2`,
    code`Math.max(...${array})`,
    code`${array}.reduce((s, x, i) => s + x * i, ${number})`,
    code`((xs) => (n > 1 ? xs : ${array}.subarray(1)))(${array})[${index}]`,
    code`all(${array}, ${number})[${index}]`,
    code`${array}.reduceRight((s, x, i, data) => s + data[${index}], 0)`,
    code`${array}.map(twice).length`,
    code`${array}.map((x, i, all) => x - all[i - 1]).at(-1)`,
    code`${array}.filter((x) => x > ${number}).length`,
    code`${array}.toSorted()[${index}]`,
    code`${array}.slice().fill(3)[0]`,
    code`${array}.indexOf(${number})`,
    code`${array}.findIndex((x) => x === ${number})`,
    code`${array}.join().length`,
    code`(typeof ${array} === "object" ? 1 : 0)`,
    code`(${array} === ${array} ? 1 : 0)`,
    code`Float64Array.from(${array}, (x) => x + 1)[0]`,
    code`new Float64Array(${array}).fill(1)[0]`,
    code`[...${array}].length`,
    code`(([p, , ...q]) => p + q.length)(${array})`,
    code`(({ length, byteLength: p }) => length + p)(${array})`,
    code`((data, c = ${array}) => ${number})(${array})`,
    code`(function (d) { return d[${index}]; })(${array})`,
    code`${fn}(${array}, ${index})`,
    code`${fn}(${array}, ${index})`,
    code`${fn}(${array}, ${index}, ${array})`,
    code`${fn}(${array}, ${index}, ${array})`,
  ];
}

function readings(array: Text, index: Text, number: Text, reading: Text): Text[] {
  return [
    code`{ ${reading} ${reading} }`,
    code`if (${number} > 1) { ${reading} } else { ${reading} }`,
    code`for (let i = 0; i < 3; i++) { ${reading} }`,
    code`for (const x of ${array}) s += x;`,
    code`for (const [i, x] of ${array}.entries()) { s += x; ${reading} }`,
    code`for (const i of ${array}.keys()) { ${reading} }`,
    code`for (const i in ${array}) s += ${array}[i];`,
    code`{ const [p, q] = ${array}; s += p + q; }`,
    code`{ let p; [p] = ${array}; s += p; }`,
    code`{ const t = ${array}; const c = t; ${reading} }`,
    code`{ const x = ${array}[k]; s += x; }`,
    code`out.push(${number});`,
    code`out.push(${array}.map((x) => x + ${number}));`,
    code`out.push(String(${array}));`,
    code`out.push(Array.from({ length: 2 }, (_, i) => ${number}));`,
    code`order.forEach((x, i) => { ${reading} });`,
    code`[0, 1].map((i) => ${number});`,
    code`{ const f = () => { ${reading} }; f(); }`,
    code`(async () => { ${reading} })().catch(() => 0);`,
    code`{ const copy = new Float64Array(4); copy.set(${array}); copy[0] = ${array}[k]; out.push(copy); }`,
    code`s += new (class { x = ${number}; m() { return ${array}[${index}]; } })().m();`,
    code`switch (${number}) { case 1: ${reading} break; default: s += 1; }`,
    code`try { ${reading} } finally { s += 1; }`,
  ];
}

function writings(array: Text, index: Text, number: Text, fn: Text): Text[] {
  return [
    code`${array}[${index}] = ${number};`,
    code`${array}[k] = ${number};`,
    code`${array}[${index}]++;`,
    code`${array}[${index}] ??= 1;`,
    code`delete ${array}[${index}];`,
    code`[${array}[${index}], ...${array}[1]] = [1];`,
    code`({ a: ${array}[0], b: ${array}[1] = 2 } = { a: 3 });`,
    code`for (${array}[1] of [5, 6]);`,
    code`${array}.fill(${number});`,
    code`${array}.sort().reverse();`,
    code`${array}.copyWithin(0, 1);`,
    code`${array}.set([9]);`,
    code`${array}.forEach((x, i, all) => { all[i] = 0; });`,
    code`${array}.map(function () { arguments[2][0] = 1; });`,
    code`${array}.map(writes);`,
    code`${array}.reduce((s, x, i, { buffer }) => (out.push(buffer), s), 0);`,
    code`out.push(${array});`,
    code`out.push(${array}[k]);`,
    code`out.push(${array}[word]);`,
    code`{ const x = ${array}[k]; out.push(x); }`,
    code`{ const { buffer } = ${array}; out.push(buffer); }`,
    code`new Uint8Array(${array}.buffer)[7] = 7;`,
    code`box.a = ${array};`,
    code`box.b = { c: [${array}] };`,
    code`box.c = new (class { x = ${array}; })();`,
    code`sink(${array});`,
    code`sink\`x\${${array}}\`;`,
    code`h1 = methods.clear; h1(${array});`,
    code`s += parseInt(${array});`, // not the language's
    code`new Int8Array(${array});`,
    code`methods.clear(${array});`,
    code`methods.clear.call(null, ${array});`,
    code`Reflect.set(${array}, 0, 1);`,
    code`Object.assign(${array}, [1]);`,
    code`out.push((({ buffer: b }) => b)(${array}));`,
    code`(function (xs) { arguments[0][0] = 5; })(${array});`,
    code`((x, ...rest) => { rest[0][0] = 5; })(0, ${array});`,
    code`((xs = ${array}) => { xs[0] = 4; })();`,
    code`((xs, y = 1) => { var xs; xs[0] = 4; })(${array});`,
    code`(function f(xs, m) { if (m) f(xs, 0); else xs[0] = 1; })(${array}, 1);`,
    code`{ let e; ({ e = ${array} } = {}); e[0] = 2; }`,
    code`{ var v = ${array}; v[0] = 3; }`,
    code`{ let e = other; e = ${array}; e[0] = 3; }`,
    code`d = ${array}; d[0] = ${number};`,
    code`switch (0) { case 0: ${array}[0] = 1; }`,
    code`(async () => { ${array}[0] = 1; })().catch(() => 0);`,
    code`[0].map((i) => { ${array}[i] = 8; });`,
    code`throw ${array};`,
    code`return ${array};`,
    code`out.push(all(${array}));`,
    code`all(${array})[0] = 1;`,
    code`return { a: new Map([[1, ${array}.subarray(1)]]) };`,
    code`return ${fn}(${array}, ${index}, ${array});`,
  ];
}

/** The body of a function: mostly reading, or one that does something else somewhere. */
function bodies({ reading, writing }: Grammar): { readonly pure: Text; readonly mixed: Text } {
  const readings = fc.array(reading, { minLength: 1, maxLength: 3 }).map((statements) => statements.join(" "));
  return { pure: readings, mixed: fc.oneof({ weight: 2, arbitrary: readings }, code`${readings} ${writing} ${readings}`) };
}

const local = makeGrammar(["xs", "xs", "data", "other"], ["h0", "local"]);
const helper = makeGrammar(["xs", "xs", "xs", "ys", "other"], ["h0", "h1"]);
const whole = makeGrammar(["data", "data", "other", "given", "c", "d"], ["h0", "h1", "local"]);

const frame = (head: string, body: Text, first = ""): Text =>
  code`${fc.constant(head)} { ${fc.constant(first)} if (fuel.n-- < 0) return 0; let s = 0, i = 0; ${body} return s; }`;

/** Texts of two helpers and of the main function. */
export interface ArrayProgram {
  readonly h0: string;
  readonly h1: string;
  readonly main: string;
}

function program(kind: "pure" | "mixed"): fc.Arbitrary<ArrayProgram> {
  const inner = frame("const local = (xs, n, k) =>", bodies(local)[kind]);
  const alias = fc.constantFrom("data", "other", "given.subarray(1)");
  const main = code`const last = () => 1 + start, all = (xs, n) => (n < 0 ? data : xs); const c = ${alias}; let d = c; ${inner}; ${bodies(whole)[kind]}`;
  return fc.record({
    h0: frame("(xs, n, ys = xs, k = n, last = pick, all = (xs) => xs) =>", bodies(helper)[kind]),
    h1: frame("function (xs, n, ys)", bodies(helper)[kind], "const k = word, last = pick, all = (xs) => xs;"),
    main: fc.oneof(...["", "'use strict';"].map((first) => frame("function main(given, n, k)", main, first))),
  });
}

/** Programs of which many write somewhere, and programs that only read. */
export const arrayPrograms: Readonly<Record<"pure" | "mixed", fc.Arbitrary<ArrayProgram>>> = {
  pure: program("pure"),
  mixed: program("mixed"),
};

/**
 * Generates strict programs full of scopes: few names, so that they shadow each other in every way the language has.
 * Statements that would be a syntax error where they land (`let` twice, `var` through `let`) are left out.
 */

import { parse } from "acorn";
import fc from "fast-check";

const name = fc.constantFrom("a", "b", "c", "d", "e", "f");

/** Whether acorn takes the source as a module. */
function parses(source: string): boolean {
  try {
    parse(source, { ecmaVersion: "latest", sourceType: "module" });
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Fills a template with the results of arbitraries. */
export function code(parts: TemplateStringsArray, ...holes: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...holes).map((values) => String.raw({ raw: parts }, ...values)); // parts are cooked: `\\`` is a backtick
}

/** As many of the statements as go together; `before` and `after` are what they stand in. */
function block(statement: fc.Arbitrary<string>, before = "() => {", after = "}"): fc.Arbitrary<string> {
  return fc.array(statement, { maxLength: 4, size: "max" }).map((statements) => {
    let kept = "";
    for (const next of statements) if (parses(`(${before}${kept}${next}${after})`)) kept += next;
    return kept;
  });
}

const grammar = fc.letrec<Record<"expression" | "pattern" | "target" | "statement" | "literal" | "member" | "params", string>>((tie) => {
  const expression = tie("expression");
  const pattern = tie("pattern");
  const target = tie("target");
  const literal = tie("literal");
  const params = tie("params");
  const body = block(tie("statement"));
  const withBody = (head: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(head, body).map(([start, inside]) => (parses(`(${start}{${inside}})`) ? `(${start}{${inside}})` : `(${start}{})`));
  const declare = fc.constantFrom("let", "const", "var");
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      code`${name}`,
      code`${name}.m`,
      code`typeof ${name}`,
      code`${name}++`,
      code`delete ${name}.m`,
      code`(${expression} + ${expression})`,
      code`${name}[${expression}]`,
      code`${name}?.m(${expression})`,
      code`${name}(${expression}, ...${expression})`,
      code`new ${name}(${expression})`,
      code`${name}\`x\${${expression}}\``,
      code`({ ${name}, a: ${expression}, [${expression}]: ${expression}, ...${expression} })`,
      code`(${target} = ${expression})`,
      code`(${name} += ${expression})`,
      code`(${name} ??= ${expression})`,
      literal,
      literal,
      literal,
    ),
    pattern: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      code`${name}`,
      code`[${pattern} = ${expression}, ...${name}]`,
      code`{ ${name}, a: ${pattern}, [${expression}]: ${pattern}, ...${name} }`,
      code`{ ${name} = ${expression} }`,
    ),
    target: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      code`${name}`,
      code`${name}.m`,
      code`[${target}, ${target} = ${expression}, ...${name}]`,
      code`{ ${name}, a: ${target}, [${expression}]: ${name}, ...${name} }`,
      code`{ ${name} = ${expression} }`,
    ),
    params: fc.oneof(code``, code`${name}`, code`${name}, ...${pattern}`, code`${pattern} = ${expression}, ${pattern}`),
    literal: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      code`(${name} => ${expression})`,
      code`((${params}) => ${expression})`,
      withBody(code`(${params}) => `),
      withBody(code`function (${params}) `),
      withBody(code`function ${name}(${params}) `),
      withBody(code`async function* ${name}(${params}) `),
      code`({ a(${params}) {${body}}, get [${expression}]() {${body}}, async *"b c"(${params}) {${body}} })`,
      code`class { ${tie("member")} ${tie("member")} }`,
      code`(class ${name} extends ${expression} { ${tie("member")} })`,
    ),
    member: fc.oneof(
      code`m(${params}) {${body}}`,
      code`static m(${params}) {${body}}`,
      code`constructor(${params}) {${body}}`,
      code`[${expression}] = ${expression};`,
      code`static a = ${expression};`,
      code`static {${body}}`,
      code`#p = ${expression}; has(o) { return #p in o && o.#p; }`,
      code`set ${name}(${pattern}) {${body}}`,
    ),
    statement: fc.oneof(
      { maxDepth: 4, depthIdentifier: "program" },
      code`${expression};`,
      code`return ${expression};`,
      code`return () => arguments;`, // not in parameters: there eslint-scope takes it for one of the body's
      code`${declare} ${pattern} = ${expression};`,
      code`let ${name};`,
      code`using ${name} = ${expression};`,
      code`function ${name}(${params}) {${body}}`,
      code`class ${name} extends ${expression} { ${tie("member")} ${tie("member")} }`,
      code`{${body}}`,
      code`if (${expression}) {${body}} else {${body}}`,
      code`for (${declare} ${name} = ${expression}; ${expression}; ${expression}) {${body}}`,
      code`for (${declare} ${pattern} of ${expression}) {${body}}`,
      code`for (${declare} ${name} in ${expression}) {${body}}`,
      code`for (${target} of ${expression}) ${expression};`,
      code`while (${expression}) {${body}}`,
      code`try {${body}} catch (${pattern}) {${body}} finally {${body}}`,
      code`try {${body}} catch {${body}}`,
      code`switch (${expression}) { case ${expression}: ${body} default: ${body} }`,
      code`${name}: for (;;) { ${expression}; break ${name}; }`,
    ),
  };
});

/** A strict program. */
export const program: fc.Arbitrary<string> = block(grammar.statement, "async () => {", "}").map(
  (body) => `export default () => {${body}};`,
);

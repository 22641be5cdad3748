/**
 * What a module of the user's does to packages when it is loaded: imports that have no other use than their effect, and statements that
 * configure what it imported. ES modules, CommonJS, and what tsx and vite make of either.
 */

import type { Expression, ModuleDeclaration, Pattern, Program, Statement, Super, VariableDeclaration } from "acorn";
import { loadAcorn } from "../../platform/acorn.ts";
import { importedBindings } from "./moduleFacts.ts";

/** A statement that calls a method of what was imported, or assigns a property of it. */
export interface PackageChange {
  readonly local: string;
  readonly specifier: string;
  /** From there to the method or property; of a namespace the export comes first. */
  readonly keys: readonly string[];
  /** Where the statement begins. */
  readonly start: number;
}

export interface TopLevel {
  /** Specifiers of imports for their effects, in the order of the text. */
  readonly effects: readonly string[];
  readonly changes: readonly PackageChange[];
}

/** `undefined`: it cannot be parsed. */
export function topLevel(source: string): TopLevel | undefined {
  const program = parse(source, "module") ?? parse(source, "commonjs");
  if (program === undefined) return undefined;
  const statements = insideWrapper(program);
  const specifiers = new Map(statements.flatMap(bindingsOf));
  return {
    effects: statements.flatMap((statement) => effectOf(statement, source) ?? []),
    changes: statements.flatMap((statement) => changeOf(statement, specifiers) ?? []),
  };
}

type AnyStatement = Statement | ModuleDeclaration;

function parse(source: string, sourceType: "module" | "commonjs"): Program | undefined {
  try {
    return loadAcorn().parse(source, { ecmaVersion: "latest", sourceType, allowHashBang: true });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Compilers make one function of a module: vite `"use strict"; async (…) => {{ … }}`, tsx `(() => { … })()` of CommonJS. */
function insideWrapper({ body }: Program): readonly AnyStatement[] {
  const last = body.at(-1);
  if (last?.type !== "ExpressionStatement") return body;
  const { expression } = last;
  const wrapper = expression.type === "CallExpression" ? expression.callee : expression;
  if (wrapper.type !== "ArrowFunctionExpression" || wrapper.body.type !== "BlockStatement") return body;
  const { body: inside } = wrapper.body;
  const [block] = inside;
  return inside.length === 1 && block?.type === "BlockStatement" ? block.body : inside;
}

/** Local names with the specifier that they come from. */
function bindingsOf(statement: AnyStatement): (readonly [local: string, specifier: string])[] {
  if (statement.type === "ImportDeclaration") return importedBindings(statement).map(({ local, specifier }) => [local, specifier]);
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id, init }) => {
    const specifier = init ? loadedBy(init) : undefined;
    return specifier === undefined ? [] : namesOf(id).map((name) => [name, specifier] as const);
  });
}

/** What `require("x")` loads, or vite's `await __vite_ssr_import__("x")`; compilers pass it through a helper. */
function loadedBy(expression: Expression): string | undefined {
  if (expression.type === "AwaitExpression") return loadedBy(expression.argument);
  if (expression.type !== "CallExpression") return undefined;
  const { callee, arguments: given } = expression;
  const [first] = given;
  if (callee.type === "Identifier" && (callee.name === "require" || callee.name === "__vite_ssr_import__"))
    return first?.type === "Literal" && typeof first.value === "string" ? first.value : undefined;
  return first === undefined || first.type === "SpreadElement" ? undefined : loadedBy(first);
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type !== "ObjectPattern") return [];
  return pattern.properties.flatMap((property) => (property.type === "Property" ? namesOf(property.value) : []));
}

function effectOf(statement: AnyStatement, source: string): string | undefined {
  if (statement.type === "ImportDeclaration") {
    const { specifiers, attributes, source: from } = statement;
    return specifiers.length === 0 && attributes.length === 0 ? String(from.value) : undefined;
  }
  if (statement.type === "ExpressionStatement") return isLoad(statement.expression) ? loadedBy(statement.expression) : undefined;
  return statement.type === "VariableDeclaration" ? madeEffect(statement, source) : undefined;
}

function isLoad(expression: Expression): boolean {
  return expression.type === "CallExpression" && expression.callee.type === "Identifier" && expression.callee.name === "require";
}

/** Names that compilers give to what is imported. */
export const madeName: RegExp = /^(?:__vite_ssr_import_\d|import_)/;

/** They give variables to imports for their effects, too, which nothing uses. */
function madeEffect({ declarations }: VariableDeclaration, source: string): string | undefined {
  const [{ id, init } = { id: undefined, init: undefined }] = declarations;
  if (id?.type !== "Identifier" || !madeName.test(id.name) || !init) return undefined;
  const load = init.type === "AwaitExpression" ? init.argument : init;
  if (load.type === "CallExpression" && load.arguments.length > 1) return undefined; // vite lists the names that are imported
  return source.split(new RegExp(`\\b${id.name}\\b`)).length === 2 ? loadedBy(init) : undefined;
}

/** Their names say that they do something else than to configure. */
const doing = /^(?:each|forEach|log|print|trace|debug|info|warn|error|assert)|[sS]ync$/;

function changeOf(statement: AnyStatement, specifiers: ReadonlyMap<string, string>): PackageChange | undefined {
  if (statement.type !== "ExpressionStatement") return undefined;
  const [local = "", ...keys] = changedBy(statement.expression) ?? [];
  const specifier = specifiers.get(local);
  return specifier === undefined ? undefined : { local, specifier, keys, start: statement.start };
}

/** The way to the method that is called, or to the property that is assigned: `["axios", "defaults", "timeout"]`. */
function changedBy(expression: Expression): readonly string[] | undefined {
  if (expression.type === "AwaitExpression") return changedBy(expression.argument);
  if (expression.type === "AssignmentExpression") return expression.left.type === "MemberExpression" ? wayTo(expression.left) : undefined;
  if (expression.type !== "CallExpression" || expression.callee.type !== "MemberExpression") return undefined;
  const way = wayTo(expression.callee);
  return way === undefined || doing.test(way.at(-1) ?? "") ? undefined : way;
}

function wayTo(expression: Expression | Super): readonly string[] | undefined {
  if (expression.type === "Identifier") return [expression.name];
  if (expression.type !== "MemberExpression") return undefined;
  const { object, property, computed } = expression;
  const above = wayTo(object);
  return above && [...above, !computed && property.type === "Identifier" ? property.name : ""];
}

/**
 * What a class's text tells about the private state of its instances: the names, and what must be kept from running when an object
 * is given that state without being constructed.
 */

import type { ClassExpression, Expression, MethodDefinition, Pattern, PropertyDefinition, Statement } from "acorn";
import { isHarmless, type Harmless } from "./harmless.ts";
import { staticKey } from "./patterns.ts";
import type { Range } from "./Scope.ts";

/** The value of an instance field, public or private, that is worked out for each instance. */
export interface Initialiser extends Range {
  /** Of an anonymous class, the name it is given. */
  readonly name: string | undefined;
}

/** An instance field whose value is made as a function of that instance. */
export interface FunctionField extends Range {
  readonly key: string;
}

export interface ConstructorFacts {
  /** Where its statements begin. */
  readonly start: number;
  /** Where its last brace stands. */
  readonly end: number;
  /** Where the statement `super(…)` ends that comes first, if working out what is given to it runs no code of the user's. */
  readonly afterSuper: number | undefined;
  /** Besides that it only gives properties to `this`, whose values can be worked out without running code of the user's. */
  readonly isQuiet: boolean;
  /** How many parameters are more than names: these want arguments that answer everything. */
  readonly answers: number;
  /** No key in its patterns has to be worked out. */
  readonly isCallable: boolean;
}

export interface PrivateFacts {
  /** Private instance fields, with `#`, in the order of the text. */
  readonly fields: readonly string[];
  /** These and the names of private methods and accessors, each once. */
  readonly names: readonly string[];
  readonly initialisers: readonly Initialiser[];
  readonly functions: readonly FunctionField[];
  readonly hasPublicFields: boolean;
  readonly isDerived: boolean;
  readonly ownConstructor: ConstructorFacts | undefined;
  /** Where the class's last brace stands. */
  readonly end: number;
  /** Whether fields can be initialised without running code of the user's, if these names are what they seem. */
  readonly harmless: Harmless | undefined;
}

/** `undefined`: its instances have none. `shift` is subtracted from the parser's offsets. */
export function privateFacts(node: ClassExpression, shift: number): PrivateFacts | undefined {
  const elements = node.body.body.filter((element) => element.type !== "StaticBlock").filter((element) => !element.static);
  const names = [...new Set(elements.filter(({ key }) => key.type === "PrivateIdentifier").map((element) => staticKey(element) ?? ""))];
  if (names.length === 0) return undefined;
  const fields = elements.filter((element) => element.type === "PropertyDefinition");
  const range = ({ start, end }: Range): Range => ({ start: start - shift, end: end - shift });
  const privateNames = fields.filter(({ key }) => key.type === "PrivateIdentifier").map((field) => staticKey(field) ?? "");
  const constructor = elements.find((element) => element.type === "MethodDefinition" && element.kind === "constructor");
  const harmless: Harmless = { globals: new Set(), reads: new Set() };
  return {
    fields: privateNames,
    names,
    initialisers: fields.flatMap((field) => (needsGuard(field.value) ? [{ ...range(field.value), name: nameOfClass(field) }] : [])),
    functions: fields.flatMap((field) => (isFunction(field.value) ? [{ ...range(field.value), key: staticKey(field) ?? "" }] : [])),
    hasPublicFields: fields.length > privateNames.length,
    isDerived: Boolean(node.superClass),
    ownConstructor: constructor?.type === "MethodDefinition" ? constructorFacts(constructor, shift, harmless, privateNames) : undefined,
    end: node.end - 1 - shift,
    harmless: fields.every(({ value }) => !value || isHarmless(value, harmless, privateNames)) ? harmless : undefined,
  };
}

/** Functions take their name from the field, and making one does nothing. */
function needsGuard(value: Expression | null | undefined): value is Expression {
  return value !== null && value !== undefined && value.type !== "Literal" && !isFunction(value);
}

function isFunction(value: Expression | null | undefined): value is Expression {
  return value?.type === "ArrowFunctionExpression" || value?.type === "FunctionExpression";
}

function nameOfClass(field: PropertyDefinition): string | undefined {
  return field.value?.type === "ClassExpression" && !field.value.id ? staticKey(field) : undefined;
}

function constructorFacts({ value }: MethodDefinition, shift: number, harmless: Harmless, fields: readonly string[]): ConstructorFacts {
  const { body, params } = value;
  const answering = new Set(params.flatMap(namesIn));
  const statements = body.body.filter((statement) => !(statement.type === "ExpressionStatement" && statement.directive !== undefined));
  const [first, ...rest] = statements;
  const hasSuper = isSuper(first, harmless, answering);
  // What only a quiet body takes for granted does not matter to the others.
  const more: Harmless = { globals: new Set(harmless.globals), reads: new Set(harmless.reads) };
  const isQuiet = (hasSuper ? rest : statements).every((statement) => isQuietStatement(statement, more, fields, answering));
  if (isQuiet) for (const name of more.globals) harmless.globals.add(name);
  if (isQuiet) for (const name of more.reads) harmless.reads.add(name);
  const isPlain = params.every(({ type }) => type === "Identifier");
  return {
    start: body.start + 1 - shift,
    end: body.end - 1 - shift,
    afterSuper: hasSuper && first !== undefined ? first.end - shift : undefined,
    isQuiet,
    answers: isPlain && !isQuiet ? 0 : params.length,
    isCallable: params.every(hasPlainKeys),
  };
}

function isSuper(statement: Statement | undefined, harmless: Harmless, answering: ReadonlySet<string>): boolean {
  if (statement?.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  if (expression.type !== "CallExpression" || expression.callee.type !== "Super") return false;
  return expression.arguments.every((argument) =>
    argument.type === "SpreadElement"
      ? argument.argument.type === "Identifier" && answering.has(argument.argument.name)
      : isHarmless(argument, harmless, [], answering),
  );
}

/** `this.name = value`, `this.#name = value` */
function isQuietStatement(statement: Statement, harmless: Harmless, fields: readonly string[], answering: ReadonlySet<string>): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return false;
  const { left, operator, right } = statement.expression;
  if (operator !== "=" || left.type !== "MemberExpression" || left.object.type !== "ThisExpression" || left.computed) return false;
  const { property } = left;
  const isOwn =
    property.type === "PrivateIdentifier"
      ? fields.includes(`#${property.name}`)
      : property.type === "Identifier" && !slots.has(property.name);
  return isOwn && isHarmless(right, harmless, fields, answering);
}

/** What errors and arrays have before. */
const slots = new Set(["stack", "length", "__proto__"]);

function namesIn(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => namesIn(property.type === "RestElement" ? property : property.value));
    case "MemberExpression":
      return [];
  }
}

function hasPlainKeys(pattern: Pattern): boolean {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression":
      return true;
    case "AssignmentPattern":
      return hasPlainKeys(pattern.left);
    case "RestElement":
      return hasPlainKeys(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.every((element) => element === null || hasPlainKeys(element));
    case "ObjectPattern":
      return pattern.properties.every((property) =>
        property.type === "RestElement"
          ? hasPlainKeys(property)
          : (!property.computed || property.key.type === "Literal") && hasPlainKeys(property.value),
      );
  }
}

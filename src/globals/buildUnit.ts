/**
 * Code units from function texts. The text keeps its place: what stands before it on its line is counted
 * off the column, so that stack traces show the user's positions.
 */

import type { CodeUnit } from "../codec/Encoded.ts";
import { isOfLanguage } from "../codec/scanIntrinsics.ts";
import { currentSession } from "../session/currentSession.ts";
import type { FunctionFacts } from "./analysis/analyseFunction.ts";
import { rewriteFree } from "./analysis/rewriteFree.ts";
import type { Site } from "./Site.ts";
import { cellName, heritageName, keyName, privateName, quietName, settersName, valuesName } from "./unitNames.ts";

export interface UnitPlan {
  readonly site: Site;
  /** The names bound from outside, in the order of their values. */
  readonly names: readonly string[];
  /** Those of `names` that are shared variables: the value is a cell. */
  readonly cells: ReadonlySet<string>;
  /** What `fn.name` is to be when the text has no name of its own. */
  readonly inferredName: string;
  /** V8's position of the text. */
  readonly line: number;
  readonly column: number;
  readonly touchesGlobals: boolean;
}

export function buildUnit(plan: UnitPlan): CodeUnit {
  const { site, line, touchesGlobals } = plan;
  const { facts } = site;
  const url = site.script?.url ?? "futureplan:unknown";
  const replacements = new Map([...plan.cells].map((name) => [name, `${cellName}${name}.v`]));
  const text = replacements.size === 0 ? site.text : rewriteFree(site.text, facts, replacements);
  const before = `(() => {${declarations(plan)}return [function (${parameters(facts)}) { return ${opening(plan)}`;
  const source = `${before}${text}${closing(plan)}; }, function (${valuesName}) { ${bindings(plan)} }${access(plan)}]; })`;
  const column = plan.column - before.length;
  return {
    type: "unit",
    id: nextUnitId(),
    source,
    url,
    line,
    column,
    touchesGlobals,
    imports: facts.dynamicImport,
    contained: !touchesGlobals && isContained(plan),
  };
}

/** Names that are no variables of its own belong to the receiver. */
function isContained({ site: { facts }, names }: UnitPlan): boolean {
  if (facts.directEval || facts.dynamicImport || facts.importMeta.length > 0) return false;
  return [...facts.free.keys()].every((name) => names.includes(name) || name === "arguments" || name === "console" || isOfLanguage([name]));
}

/** Sites keep their units, so a number is enough. */
function nextUnitId(): string {
  const session = currentSession();
  session.count += 1;
  return `${session.id}:${session.count}`;
}

function namesIn({ names, cells }: UnitPlan): readonly string[] {
  return names.map((name) => (cells.has(name) ? `${cellName}${name}` : name));
}

/** Sloppy code may name its variables by words that `let` does not take. */
function declarations(plan: UnitPlan): string {
  const { strict, privates } = plan.site;
  const names = namesIn(plan);
  const variables = names.length === 0 ? "" : `${strict ? "let" : "var"} ${names.join(", ")}; `;
  const setters = privates.length === 0 ? "" : `const ${settersName} = []; `;
  return `${strict ? '"use strict"; ' : ""}${variables}${setters}${hasPrivates(plan) ? `let ${quietName} = false, ${privateName}; ` : ""}`;
}

function hasPrivates({ site }: UnitPlan): boolean {
  return site.originalFacts.classFacts?.privates !== undefined;
}

/** Raises and lowers the flag of a class whose instances have private state. */
function access(plan: UnitPlan): string {
  return hasPrivates(plan) ? `, (${valuesName}) => (${quietName} = ${valuesName}, ${privateName})` : "";
}

function bindings(plan: UnitPlan): string {
  const names = namesIn(plan);
  const setters = plan.site.privates.map((_, index) => `${settersName}[${index}](${valuesName}[${names.length + index}]);`);
  return [...names.map((name, index) => `${name} = ${valuesName}[${index}];`), ...setters].join(" ");
}

/** Arrows take `this` and `arguments` from `make`, which therefore has no parameters of its own. */
function parameters(facts: FunctionFacts): string {
  if (facts.form === "arrow") return "";
  const keys = facts.classFacts?.computedKeys.length ?? (facts.key?.computed === true ? 1 : 0);
  const names = Array.from({ length: keys }, (_, index) => `${keyName}${index}`);
  return keys === 0 ? heritageName : `${heritageName}, [${names.join(", ")}]`;
}

function isAnonymous({ facts }: Site): boolean {
  return facts.wrap === "expression" && facts.ownName === undefined;
}

/** A property in brackets names an anonymous function, whatever the name is. */
function opening({ site, inferredName }: UnitPlan): string {
  if (isAnonymous(site)) return `({ [${JSON.stringify(inferredName)}]: `;
  if (site.facts.wrap === "expression") return "(";
  return `({ ${site.facts.usesSuper ? `__proto__: ${heritageName}, ` : ""}`;
}

/** Accessors are left in their object: the receiver takes them from their descriptor. */
function closing({ site, inferredName }: UnitPlan): string {
  const { facts } = site;
  if (isAnonymous(site)) return ` })[${JSON.stringify(inferredName)}]`;
  if (facts.wrap === "expression") return ")";
  if (facts.form === "getter" || facts.form === "setter") return " })";
  return ` })[${facts.key?.computed === true ? `${keyName}0` : JSON.stringify(facts.key?.name ?? "")}]`;
}

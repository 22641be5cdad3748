/** Links the references of a walk to the bindings they mean, and tells which names and private names remain free. */

import type { Binding, Reference, Scope } from "./Scope.ts";
import type { NameInScope, Walk } from "./Walk.ts";

/** Links every reference to its binding; returns those that no scope of the walk declares. */
export function resolve(walk: Walk): Reference[] {
  for (const candidate of walk.blockFunctions) hoistBlockFunction(candidate);
  const free = walk.references.filter((reference) => !link(reference));
  for (const { name, scope } of walk.evals) if (scope.lookup(name) === undefined) markEval(scope);
  return free;
}

/** The private names used outside any class of the walk that declares them. */
export function freePrivateNames(walk: Walk): string[] {
  const free = walk.privateUses.filter(({ name, scope }) => !declaresPrivate(scope, name));
  return [...new Set(free.map(({ name }) => name))];
}

function link(reference: Reference): boolean {
  const binding = reference.scope.lookup(reference.name);
  if (binding === undefined) return false;
  if (reference.use === "init") binding.assigned ||= isSecondValue(binding);
  else if (reference.use === "write" || reference.use === "update") binding.assigned = true;
  binding.references.push(reference);
  return true;
}

/** Whether an initialiser gives a new value to a binding that has one already: `var x = 1; var x = 2`. */
function isSecondValue(binding: Binding): boolean {
  if (binding.kind === "function" || binding.kind === "param" || binding.kind === "catch") return true;
  return binding.references.some(({ use }) => use === "init");
}

/** Annex B.3.2: a sloppy function in a block is also a `var`, unless a `var` there would be an error or is a parameter. */
function hoistBlockFunction({ name, scope, start }: NameInScope): void {
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    const existing = outer.bindings.get(name);
    if (existing?.lexical === true || existing?.kind === "param") return;
    if (outer !== scope.vars) continue;
    if (outer.kind === "body" && outer.parent?.bindings.get(name)?.kind === "param") return;
    outer.declare(name, "function", start, false).assigned = true;
    return;
  }
}

function markEval(scope: Scope): void {
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.parent) outer.hasEval = true;
}

function declaresPrivate(scope: Scope, name: string): boolean {
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.parent) {
    if (outer.privates.has(name)) return true;
  }
  return false;
}

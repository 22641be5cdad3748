/** Patterns: the targets of declarations, parameters and assignments, which share one shape. */

import type { AssignmentProperty, Identifier, MemberExpression, Pattern, PrivateIdentifier, Property } from "acorn";
import type { Place, Scope } from "./Scope.ts";
import type { Walk } from "./Walk.ts";

/** Receives each name (or, in assignments, property) that a pattern gives a value to. */
export type OnTarget = (target: Identifier | MemberExpression, place: Place) => void;

/** Visits the defaults and computed keys in a pattern and reports its targets. */
export function visitPattern(pattern: Pattern, scope: Scope, walk: Walk, onTarget: OnTarget, place: Place = "plain"): void {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression":
      onTarget(pattern, place);
      return;
    case "AssignmentPattern":
      visitPattern(pattern.left, scope, walk, onTarget, place);
      walk.visit(pattern.right, scope);
      return;
    case "RestElement":
      visitPattern(pattern.argument, scope, walk, onTarget);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) visitPattern(element, scope, walk, onTarget);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "RestElement") visitPattern(property, scope, walk, onTarget);
        else visitProperty(property, scope, walk, onTarget);
      }
  }
}

function visitProperty(property: AssignmentProperty, scope: Scope, walk: Walk, onTarget: OnTarget): void {
  if (property.computed) walk.visit(property.key, scope);
  visitPattern(property.value, scope, walk, onTarget, property.shorthand ? "shorthand" : "plain");
}

/** Whether a parameter contains an expression, which gives the function's body a scope of its own. */
export function hasExpressions(pattern: Pattern): boolean {
  switch (pattern.type) {
    case "Identifier":
    case "MemberExpression":
      return false;
    case "AssignmentPattern":
      return true;
    case "RestElement":
      return hasExpressions(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.some((element) => element !== null && hasExpressions(element));
    case "ObjectPattern":
      return pattern.properties.some((property) =>
        property.type === "RestElement" ? hasExpressions(property) : property.computed || hasExpressions(property.value),
      );
  }
}

/** The name of a property, method or field as far as the text alone tells it; private names keep their `#`. */
export function staticKey(node: { readonly key: Property["key"] | PrivateIdentifier; readonly computed: boolean }): string | undefined {
  const { key } = node;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier" && !node.computed) return key.name;
  return key.type === "Literal" && !node.computed ? String(key.value) : undefined;
}

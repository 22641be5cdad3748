/** Handlers for expressions: every use of a name is noted with how it is used and what stands around it. */

import type { AnyNode, Identifier, MemberExpression } from "acorn";
import { visitPattern } from "./patterns.ts";
import type { Scope } from "./Scope.ts";
import { refer, type Handlers, type Walk } from "./Walk.ts";
import { visitFunction } from "./functions.ts";

export const expressions: Handlers = {
  Identifier: (node, scope, walk) => void refer(walk, scope, node, "read"),
  Literal: () => undefined,
  TemplateElement: () => undefined,
  PrivateIdentifier: (node, scope, walk) => void walk.privateUses.push({ name: node.name, scope, start: node.start }),

  ThisExpression: (_node, scope, walk) => noteThis(scope, walk, undefined),

  Super(_node, scope) {
    scope.owner.usesSuper = true;
    scope.owner.usesThis = true;
    scope.owner.thisMembers = undefined;
  },

  MetaProperty(node, scope, walk) {
    if (node.meta.name === "new") scope.owner.usesNewTarget = true;
    else walk.importMeta.push({ start: node.start - walk.shift, end: node.end - walk.shift, member: undefined });
  },

  ImportExpression(node, scope, walk) {
    walk.dynamicImport = true;
    walk.visit(node.source, scope);
    if (node.options) walk.visit(node.options, scope);
  },

  MemberExpression: (node, scope, walk) => visitMember(node, scope, walk, false),

  CallExpression(node, scope, walk) {
    if (node.callee.type === "Identifier") {
      const reference = referCallee(node.callee, scope, walk);
      if (reference.name === "eval" && !node.optional) walk.evals.push({ ...reference, text: literalText(node.arguments[0]) });
    } else {
      walk.visit(node.callee, scope);
    }
    for (const argument of node.arguments) walk.visit(argument, scope);
  },

  TaggedTemplateExpression(node, scope, walk) {
    if (node.tag.type === "Identifier") referCallee(node.tag, scope, walk);
    else walk.visit(node.tag, scope);
    walk.visit(node.quasi, scope);
  },

  UnaryExpression(node, scope, walk) {
    const { argument } = node;
    if (node.operator === "typeof" && argument.type === "Identifier") refer(walk, scope, argument, "typeof");
    else if (node.operator === "delete") visitWritten(argument, scope, walk);
    else walk.visit(argument, scope);
  },

  UpdateExpression(node, scope, walk) {
    if (node.argument.type === "Identifier") refer(walk, scope, node.argument, "update");
    else visitWritten(node.argument, scope, walk);
  },

  AssignmentExpression(node, scope, walk) {
    const use = node.operator === "=" ? "write" : "update";
    visitPattern(node.left, scope, walk, (target, place) => {
      if (target.type === "Identifier") refer(walk, scope, target, use, place);
      else visitMember(target, scope, walk, true);
    });
    walk.visit(node.right, scope);
  },

  Property(node, scope, walk) {
    if (node.computed) walk.visit(node.key, scope);
    const { value } = node;
    if (node.shorthand && value.type === "Identifier") refer(walk, scope, value, "read", "shorthand");
    else if ((node.method || node.kind !== "init") && value.type === "FunctionExpression") {
      visitFunction(value, scope, walk, node.start);
    } else walk.visit(value, scope);
  },
};

function literalText(node: AnyNode | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  return node?.type === "TemplateLiteral" && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** Visits the target of a `delete` or of `++`; what is changed is a property, not the variable holding the object. */
function visitWritten(target: AnyNode, scope: Scope, walk: Walk): void {
  const inner = target.type === "ChainExpression" ? target.expression : target;
  if (inner.type === "MemberExpression") visitMember(inner, scope, walk, true);
  else walk.visit(inner, scope);
}

export function visitMember(node: MemberExpression, scope: Scope, walk: Walk, written: boolean): void {
  const { object } = node;
  const name = written ? undefined : memberName(node);
  if (object.type === "Identifier") refer(walk, scope, object, "read", "plain", name === undefined ? undefined : [name]);
  else if (object.type === "ThisExpression") noteThis(scope, walk, name === undefined ? undefined : [name]);
  else if (object.type === "MetaProperty" && object.meta.name === "import") {
    const read = memberName(node);
    const member = read === undefined ? undefined : { name: read, end: node.end - walk.shift };
    walk.importMeta.push({ start: object.start - walk.shift, end: object.end - walk.shift, member });
  } else walk.visit(object, scope);
  if (node.computed || node.property.type === "PrivateIdentifier") walk.visit(node.property, scope);
}

/** Notes a use of `this`; `members`: the properties, if reading them is all that is done. */
export function noteThis(scope: Scope, walk: Walk, members: readonly string[] | undefined): void {
  const { owner } = scope;
  owner.usesThis = true;
  if (members === undefined) owner.thisMembers = undefined;
  else for (const member of members) owner.thisMembers?.add(member);
  if (owner.kind === "function" && !owner.strict) walk.sloppyThis = true;
}

function memberName(node: MemberExpression): string | undefined {
  const { property } = node;
  if (!node.computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

function referCallee(node: Identifier, scope: Scope, walk: Walk): ReturnType<typeof refer> {
  return refer(walk, scope, node, "read", walk.statementStarts.has(node.start) ? "statementCallee" : "callee");
}

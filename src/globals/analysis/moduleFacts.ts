/** The imports and exports that a module's text declares. */

import type {
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportAttribute,
  ImportDeclaration,
  Literal,
  Pattern,
  Program,
} from "acorn";

/** Import attributes by key, such as `type: "json"`; `undefined` if there are none. */
export type Attributes = Readonly<Record<string, string>> | undefined;

/** One imported binding; `imported` is a name, `"default"` or `"*"` for the namespace. */
export interface ImportedBinding {
  readonly local: string;
  readonly specifier: string;
  readonly imported: string;
  readonly attributes: Attributes;
}

/** `export … from`; `exported` is `"*"` for `export * from`. */
export interface ReExport {
  readonly exported: string;
  readonly specifier: string;
  readonly imported: string;
  readonly attributes: Attributes;
}

export interface ModuleFacts {
  readonly imports: readonly ImportedBinding[];
  readonly reExports: readonly ReExport[];
  /** Exported name → local name; `"*default*"` stands for the binding of an `export default` without a name. */
  readonly exports: ReadonlyMap<string, string>;
}

/** Collects the imports and exports of a program; scripts have none. */
export function moduleFacts(program: Program): ModuleFacts {
  const imports: ImportedBinding[] = [];
  const reExports: ReExport[] = [];
  const exports = new Map<string, string>();
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") imports.push(...importedBindings(node));
    else if (node.type === "ExportDefaultDeclaration") exports.set("default", defaultName(node));
    else if (node.type === "ExportNamedDeclaration") {
      if (node.source) reExports.push(...reExportsOf(node, stringOf(node.source)));
      else for (const [exported, local] of exportsOf(node)) exports.set(exported, local);
    } else if (node.type === "ExportAllDeclaration") {
      const exported = node.exported ? nameOf(node.exported) : "*";
      reExports.push({ exported, specifier: stringOf(node.source), imported: "*", attributes: attributesOf(node.attributes) });
    }
  }
  return { imports, reExports, exports };
}

/** The bindings that one declaration makes. */
export function importedBindings(node: ImportDeclaration): ImportedBinding[] {
  return node.specifiers.map((specifier) => ({
    local: specifier.local.name,
    specifier: stringOf(node.source),
    imported:
      specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : specifier.type === "ImportNamespaceSpecifier" ? "*" : "default",
    attributes: attributesOf(node.attributes),
  }));
}

function reExportsOf(node: ExportNamedDeclaration, specifier: string): ReExport[] {
  const attributes = attributesOf(node.attributes);
  return node.specifiers.map(({ exported, local }) => ({ exported: nameOf(exported), specifier, imported: nameOf(local), attributes }));
}

function exportsOf(node: ExportNamedDeclaration): [exported: string, local: string][] {
  const { declaration } = node;
  if (!declaration) return node.specifiers.map(({ exported, local }) => [nameOf(exported), nameOf(local)]);
  if (declaration.type !== "VariableDeclaration") return [[declaration.id.name, declaration.id.name]];
  return declaration.declarations.flatMap(({ id }) => namesIn(id)).map((name) => [name, name]);
}

function defaultName({ declaration }: ExportDefaultDeclaration): string {
  const named = declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration";
  return (named && declaration.id?.name) || "*default*";
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "MemberExpression":
      return [];
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => namesIn(property.type === "RestElement" ? property : property.value));
  }
}

function attributesOf(attributes: readonly ImportAttribute[]): Attributes {
  if (attributes.length === 0) return undefined;
  return Object.fromEntries(attributes.map(({ key, value }) => [nameOf(key), stringOf(value)]));
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : stringOf(node);
}

function stringOf(literal: Literal): string {
  return String(literal.value);
}

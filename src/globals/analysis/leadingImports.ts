/**
 * The imports of a module without reading all of it: they stand at its beginning, as a rule. Parsing a whole file takes
 * a hundred times longer, and every file of which an object is captured would have to be.
 */

import type { ImportDeclaration, Node, Parser, Statement } from "acorn";
import { loadAcorn } from "../../platform/acorn.ts";
import { importedBindings, type ImportedBinding } from "./moduleFacts.ts";

/** `undefined`: there may be more of them further down. */
export function leadingImports(source: string): readonly ImportedBinding[] | undefined {
  const found: ImportDeclaration[] = [];
  const end = parseBeginning(source, found);
  return declaration.test(source.slice(end)) ? undefined : found.flatMap(importedBindings);
}

/** What looks like an import declaration, be it in a text or a comment. */
const declaration = /(?<!["'`.\w$])import\s*(?:["'{*]|[\w$\u0080-\uffff]+\s*(?:,|from\b)|\/[*/])/;

/** What of the parser's inside is used. */
interface StatementParser extends Parser {
  parseStatement(...context: readonly unknown[]): Statement | ImportDeclaration;
}

class BeginningRead extends Error {}

/** Collects the import declarations before anything else; gives the offset behind them. */
function parseBeginning(source: string, found: ImportDeclaration[]): number {
  let end = 0;
  const stopping = (Base: typeof Parser): typeof Parser =>
    class extends (Base as unknown as new (...given: readonly unknown[]) => StatementParser) {
      override parseStatement(...context: readonly unknown[]): Statement | ImportDeclaration {
        const node = super.parseStatement(...context);
        if (!isImport(node)) throw new BeginningRead();
        found.push(node);
        end = node.end;
        return node;
      }
    } as unknown as typeof Parser; // acorn's plugins are typed by the public part of the class
  try {
    loadAcorn().Parser.extend(stopping).parse(source, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
    return source.length;
  } catch (error) {
    if (error instanceof BeginningRead || error instanceof SyntaxError) return end;
    throw error;
  }
}

function isImport(node: Node): node is ImportDeclaration {
  return node.type === "ImportDeclaration";
}

/**
 * The names that function expressions of a script may have, without parsing it: V8's scopes do not show them. There may be more
 * names than there are expressions; none is missing.
 */

const namedFunction =
  /(?<![\w$.])function(?:\s|\/\*[^]*?\*\/|\/\/.*)*\*?(?:\s|\/\*[^]*?\*\/|\/\/.*)*([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/gu;

export function expressionNames(source: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { index, 1: name = "" } of source.matchAll(namedFunction)) {
    if (!found.has(name) && mayBeExpression(source, index)) found.add(name);
  }
  return found;
}

/** Declarations follow a statement, a block or an opening brace. */
const beforeExpression =
  /(?:[(,=:[!&|?+\-*/%^~<>.]|\b(?:return|typeof|new|await|void|delete|yield|throw|in|of|instanceof|case))(?:\s*\basync)?$/;

function mayBeExpression(source: string, start: number): boolean {
  const end = skipBlanks(source, start);
  const line = source.slice(source.lastIndexOf("\n", end - 1) + 1, end);
  return line.includes("//") || beforeExpression.test(source.slice(Math.max(0, end - 40), end));
}

/** The offset before the blanks and comments that end at `end`; of comments behind code it knows nothing. */
function skipBlanks(source: string, end: number): number {
  for (let at = end; ;) {
    const before = source.slice(0, at).trimEnd().length;
    const line = source.lastIndexOf("\n", before - 1) + 1;
    if (source.endsWith("*/", before)) at = Math.max(0, source.lastIndexOf("/*", before - 3));
    else if (/^\s*\/\//.test(source.slice(line, before))) at = line;
    else return before;
  }
}

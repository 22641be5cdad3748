/** Whether code can give properties to a function that it uses: functions that many futures share must stay as they were sent. */

import type { FreeName, FreePosition } from "./freeNames.ts";

/** Everything done with a name is calling it, or handing it on as an argument; never `new f`, `f.x = 1`, `Object.assign(f, …)`. */
export function onlyCalls(text: string, { positions }: FreeName): boolean {
  return positions.every((position) => position.kind === "callee" || position.kind === "statementCallee" || isArgument(text, position));
}

function isArgument(text: string, { start, end }: FreePosition): boolean {
  const before = text.slice(0, start);
  if (!/(?:[\w$)\]]\s*\(|,)\s*$/.test(before) || !/^\s*[,)]/.test(text.slice(end))) return false;
  return !/\b(?:Object|Reflect)\s*\.\s*\w+\s*\(\s*$/.test(before);
}

/** Where a call is made, as V8 counts: stacks tell places in sources where there are source maps. Takes some ten microseconds. */

/** Line and column are zero-based, as in `FunctionLook`. */
export interface CallPosition {
  /** Or the file's path. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** That of the call of `above`; `undefined` when it is not on the stack, or its frames cannot be had. */
export function callPosition(above: Function): CallPosition | undefined {
  if (Object.isFrozen(Error)) return undefined; // under --frozen-intrinsics
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(holder, above);
    const [frame] = holder.stack as readonly NodeJS.CallSite[]; // what was prepared
    return frame && positionOf(frame);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function positionOf(frame: NodeJS.CallSite): CallPosition | undefined {
  const [url, line, column] = [frame.getScriptNameOrSourceURL(), frame.getLineNumber(), frame.getColumnNumber()];
  return typeof url === "string" && line !== null && column !== null ? { url, line: line - 1, column: column - 1 } : undefined;
}

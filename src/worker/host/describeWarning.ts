/** The arguments of `process.emitWarning`, in all the ways that it takes them, as one entry of output. */

import type { OutputEntry } from "../../protocol/messages.ts";

type Details = Readonly<Record<string, unknown>>;

/** `undefined`: Node would not show it. `caller`: the function above which the stack begins. */
export function describeWarning(warning: unknown, rest: readonly unknown[], caller: Function): OutputEntry | undefined {
  const [first, code, ctor] = rest;
  const details: Details = typeof first === "object" && first !== null ? { ...first } : { type: first, code, ctor };
  const error = warning instanceof Error ? warning : makeWarning(String(warning), details, caller);
  if (error.name === "DeprecationWarning" && process.noDeprecation === true) return undefined;
  const own = "code" in error ? error.code : details["code"];
  const detail = typeof details["detail"] === "string" ? `\n${details["detail"]}` : "";
  return {
    type: "warning",
    // Of an error of the user's these may be anything.
    name: String(error.name),
    message: String(error.message) + detail,
    code: typeof own === "string" || typeof own === "number" ? String(own) : undefined,
    stack: typeof error.stack === "string" ? error.stack : undefined,
  };
}

function makeWarning(message: string, details: Details, caller: Function): Error {
  const error = new Error(message);
  error.name = typeof details["type"] === "string" && details["type"] !== "" ? details["type"] : "Warning";
  const above = [details["type"], details["code"], details["ctor"]].find((one) => typeof one === "function");
  Error.captureStackTrace(error, typeof above === "function" ? above : caller);
  return error;
}

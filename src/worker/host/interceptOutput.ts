/**
 * Leads console methods, writes to stdout and stderr, and warnings to the future that makes them. Installed once,
 * before user code; outside futures everything goes on to the original.
 */

import type { OutputRouter, OutputSettings, PrintMethod } from "../WorkerHost.ts";
import { describeWarning } from "./describeWarning.ts";
import { printMethods } from "./printMethods.ts";

/** Gives the function that says where output goes from then on. `own` runs what opens the worker's own streams. */
export function interceptOutput(own: Own): (router: OutputRouter, settings: OutputSettings) => void {
  const route: Route = { router: undefined, columns: undefined };
  // Under --frozen-intrinsics what the console writes is heard at the streams.
  if (!Object.isFrozen(console)) for (const method of printMethods) interceptConsole(method, route);
  interceptStream("stdout", route, own);
  interceptStream("stderr", route, own);
  interceptWarnings(route);
  return (router, settings) => {
    route.router = router;
    route.columns = settings.columns;
  };
}

type Own = <T>(make: () => T) => T;

interface Route {
  router: OutputRouter | undefined;
  columns: number | undefined;
}

function interceptConsole(method: PrintMethod, route: Route): void {
  const original = console[method] as (...args: unknown[]) => void; // arguments are passed on as they are
  console[method] = (...args: unknown[]): void => {
    const output = route.router?.here();
    if (output === undefined) original(...args);
    else output.print(method, args);
  };
}

/** The stream itself is made by Node at first use, which takes milliseconds; so it is changed only then. */
function interceptStream(name: "stdout" | "stderr", route: Route, own: Own): void {
  const descriptor = Object.getOwnPropertyDescriptor(process, name);
  let stream: NodeJS.WriteStream | undefined;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      if (stream !== undefined) return stream;
      stream = own(() => descriptor?.get?.call(process) as NodeJS.WriteStream); // Node's own getter
      if (stream.columns === undefined && route.columns !== undefined) stream.columns = route.columns;
      interceptWrite(stream, name, route);
      return stream;
    },
  });
}

type Written = (error?: Error | null) => void;

function interceptWrite(stream: NodeJS.WriteStream, name: "stdout" | "stderr", route: Route): void {
  const original = stream.write.bind(stream) as (chunk: string | Uint8Array, encoding?: unknown, written?: Written) => boolean; // one overload
  stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Written, written?: Written): boolean => {
    const output = route.router?.here();
    if (output === undefined) return original(chunk, encoding, written);
    output.write(name, chunk, typeof encoding === "string" ? encoding : undefined);
    const done = typeof encoding === "function" ? encoding : written;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
}

/** At the call: Node itself would report the warning a tick later, when its future may have ended. */
function interceptWarnings(route: Route): void {
  const original = process.emitWarning.bind(process) as (...args: unknown[]) => void; // arguments are passed on as they are
  const emitWarning = (warning: unknown, ...rest: unknown[]): void => {
    const { router } = route;
    const output = router?.here();
    if (router === undefined || (output === undefined && router.inside())) return original(warning, ...rest);
    const entry = describeWarning(warning, rest, emitWarning);
    if (entry === undefined) return;
    if (output === undefined) router.outside(entry);
    else output.warn(entry);
  };
  process.emitWarning = emitWarning as typeof process.emitWarning; // its overloads are parsed by `describeWarning`
}

/** `future()`: the start of everything. */

import { createFuture } from "../core/createFuture.ts";
import { Future } from "../core/Future.ts";
import { parseFutureOptions, type FutureOptions } from "../core/FutureOptions.ts";
import * as errors from "../errors/errors.ts";
import { FutureError } from "../errors/FutureError.ts";
import { LeftOut } from "../errors/LeftOut.ts";
import { notAFunctionText } from "../errors/words.ts";
import { publish } from "../session/publish.ts";

/** Arguments, each of which may be a future: it is waited for and its value sent. */
export type FutureArguments<A extends readonly unknown[]> = { readonly [Index in keyof A]: A[Index] | Future<A[Index]> };

/**
 * A future of `fn()`: `fn` runs where the plan says, with everything it uses, frozen now. Returns at once, also when all
 * workers are busy. R's `future()`. Throws `OptionInvalid` for bad options; what cannot travel rejects the future.
 *
 * @example
 * const n = 10;
 * const f = future(() => n * 4);
 * await f; // 40
 */
export function future<T>(fn: () => T, options?: FutureOptions): Future<Awaited<T>>;
/**
 * A future of `fn(...args)`: with one stable `fn`, its code and constant captures are looked at once.
 * R's `futureCall()`.
 */
export function future<A extends readonly unknown[], T>(
  fn: (...args: A) => T,
  args: readonly [...FutureArguments<A>],
  options?: FutureOptions,
): Future<Awaited<T>>;
export function future(fn: unknown, second?: unknown, third?: unknown): Future<unknown> {
  if (typeof fn !== "function") throw new errors.OptionInvalid(notAFunctionText(fn));
  const withArgs = Array.isArray(second);
  const args: readonly unknown[] = withArgs ? second : [];
  const settings = parseFutureOptions(withArgs ? third : second);
  return new Future(createFuture({ fn, args, settings, above: future }));
}

publish({ future, Future, FutureError, LeftOut, ...errors });

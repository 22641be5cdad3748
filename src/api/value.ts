/** `value()`: waits for one future or a whole container of them. */

import { cellOf } from "../core/cellOf.ts";
import { parseValueOptions } from "../core/ValueOptions.ts";
import { drop, valueOf } from "../core/valueOf.ts";
import { valuesOf } from "../core/valuesOf.ts";
import { publish } from "../session/publish.ts";
import type { ElementOf, Values } from "./Values.ts";

/** How to wait. */
export interface ValueOptions {
  /** Whether the first error cancels and interrupts the futures after it. Default `true`. */
  readonly cancel?: boolean | undefined;
  /** Whether output, errors and folding follow the container's order instead of time. Default `true`. */
  readonly inOrder?: boolean | undefined;
  /** Free the results and what was captured; asking again rejects with `OptionInvalid`. Default `false`. */
  readonly drop?: boolean | undefined;
}

/** How to fold on the way. */
export interface FoldOptions<V, R> extends ValueOptions {
  readonly reduce: (accumulated: R, value: V) => R;
  /** What to begin with. Default: the first value. */
  readonly initial?: R;
}

/**
 * Folds the values of a container's elements with `reduce`, as they come in order. An empty container without `initial`
 * is an `OptionInvalid`.
 */
export function value<T, R = ElementOf<T>>(target: T, options: FoldOptions<ElementOf<T>, R>): Promise<R>;
/**
 * Waits, replays captured output once, then gives the value or rejects with the user's own error; for containers (arrays,
 * plain objects, `Map`, `Set`, iterables, nested) the same shape with values. The first error, by order, cancels the futures
 * after it. Anything that is no future is its own value. R's `value()`.
 *
 * @example
 * await value({ a: future(() => 1), b: [future(() => 2)] }); // { a: 1, b: [2] }
 */
export function value<T>(target: T, options?: ValueOptions): Promise<Values<T>>;
export async function value(target: unknown, options?: unknown): Promise<unknown> {
  const settings = parseValueOptions(options);
  const cell = cellOf(target);
  if (cell === undefined || settings.fold !== undefined) return valuesOf(target, settings);
  try {
    return await valueOf(cell);
  } finally {
    if (settings.drop) drop(cell);
  }
}

publish({ value });

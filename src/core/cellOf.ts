/** From a future to the engine's side of it, without knowing the class: `Future` itself hands in how. */

import type { Future } from "./Future.ts";
import type { FutureCell } from "./FutureCell.ts";

/** Set by `Future.ts`, whose private field it reads. */
export const reveal: { cell: (value: object) => FutureCell | undefined } = { cell: () => undefined };

/** `undefined` for everything but futures; one of another copy of the library is just a promise. */
export function cellOf(future: Future<unknown>): FutureCell;
export function cellOf(value: unknown): FutureCell | undefined;
export function cellOf(value: unknown): FutureCell | undefined {
  return typeof value === "object" && value !== null ? reveal.cell(value) : undefined;
}

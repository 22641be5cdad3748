/** A kind of future: how one is made, and what it ends with when nobody interferes. */

import type { Future, FutureOptions } from "futureplan";
import type { Chance } from "./Chance.ts";

export type NaturalEnd =
  | { readonly type: "value"; readonly value: unknown; readonly prints?: string }
  | { readonly type: "error"; readonly name: string; readonly message: string }
  /** Its worker ends during the first so many attempts. */
  | { readonly type: "dies"; readonly times: number; readonly value: unknown }
  | { readonly type: "timeout" }
  /** It ends as the other does, if that is not well. */
  | { readonly type: "dependent"; readonly on: Future<unknown>; readonly value: unknown };

export interface Made {
  readonly future: Future<unknown>;
  readonly end: NaturalEnd;
}

export interface Order {
  readonly key: string;
  /** Path of the book of starts. */
  readonly book: string;
  readonly chance: Chance;
  readonly options: FutureOptions;
}

export interface Kind {
  readonly name: string;
  readonly weight: number;
  /** What a backend must have for it. */
  readonly needs?: "isolated" | "processes";
  make(order: Order): Made;
}

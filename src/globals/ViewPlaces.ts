/** Where captured code reaches large arrays by a variable or an argument: if it only reads them in all these places, they need not be copied for it. */

import { types } from "node:util";
import { blockLimit } from "../codec/Block.ts";
import type { ViewPacker } from "../codec/encode/ViewPacker.ts";
import { ArrayReads, type Captured } from "./ArrayReads.ts";

type Place = { readonly view: ArrayBufferView; readonly fn: Function } & ({ readonly variable: string } | { readonly parameter: number });

export class ViewPlaces {
  readonly #places: Place[] = [];

  /** `fn` takes `value` from outside by this name. */
  variable(fn: Function, name: string, value: unknown): void {
    if (isLarge(value)) this.#places.push({ view: value, fn, variable: name });
  }

  /** `fn` is called with `value` at this position. */
  argument(fn: Function, position: number, value: unknown): void {
    if (isLarge(value)) this.#places.push({ view: value, fn, parameter: position });
  }

  /** Call when everything has been captured. */
  mark(views: ViewPacker, captured: () => Captured): void {
    if (this.#places.length === 0) return;
    const reads = new ArrayReads(captured());
    for (const place of this.#places) {
      const isRead = "variable" in place ? reads.variable(place.fn, place.variable) : reads.parameter(place.fn, place.parameter);
      if (isRead) views.read(place.view);
    }
  }
}

function isLarge(value: unknown): value is ArrayBufferView {
  return types.isTypedArray(value) && value.byteLength >= blockLimit;
}

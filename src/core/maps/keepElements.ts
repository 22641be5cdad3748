/** Input whose elements are still at hand when the map is done. */

import { parseInput } from "./startMap.ts";

export interface Kept {
  readonly input: unknown;
  at(index: number): unknown;
}

/** Throws `OptionInvalid` for what is no input of a map. */
export function keepElements(given: unknown, verb: string): Kept {
  const input = parseInput(given, verb);
  if (input._tag === "list") {
    const elements = input.elements.slice(0, input.elements.length);
    return { input: elements, at: (index) => elements[index] };
  }
  const read: unknown[] = [];
  return { input: recorded(input.iterator, read), at: (index) => read[index] };
}

function recorded(iterator: Iterator<unknown> | AsyncIterator<unknown>, read: unknown[]): object {
  const note = (step: IteratorResult<unknown>): IteratorResult<unknown> => {
    if (step.done !== true) read.push(step.value);
    return step;
  };
  const next = (): unknown => {
    const step = iterator.next();
    return "then" in step ? step.then(note) : note(step);
  };
  const self: object = { next, return: () => iterator.return?.(), [Symbol.iterator]: () => self };
  return self;
}

/** Everything an iterator gives: at once where it can be had at once. */

export function readAll(iterator: Iterator<unknown> | AsyncIterator<unknown>): unknown[] | Promise<unknown[]> {
  const elements: unknown[] = [];
  for (;;) {
    const step = iterator.next();
    if ("then" in step) return readRest(iterator, elements, step);
    if (step.done === true) return elements;
    elements.push(step.value);
  }
}

async function readRest(
  iterator: Iterator<unknown> | AsyncIterator<unknown>,
  elements: unknown[],
  first: PromiseLike<IteratorResult<unknown>>,
): Promise<unknown[]> {
  for (let step = await first; step.done !== true; step = await Promise.resolve(iterator.next())) elements.push(step.value);
  return elements;
}

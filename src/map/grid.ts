/** Nested loops as one: every combination of the given lists, the last one varying fastest. */

/** One combination of `grid`'s lists. */
export type GridPoint<Lists extends Readonly<Record<string, Iterable<unknown>>>> = {
  readonly [Name in keyof Lists]: Lists[Name] extends Iterable<infer Element> ? Element : never;
};

/**
 * All combinations of the lists, in the order of nested loops (the first name is the outermost loop).
 * R's `expand.grid` has the same rows with the first factor varying fastest.
 *
 * @example
 * await futureMap(grid({ fold: folds, method: methods }), ({ fold, method }) => score(fold, method));
 */
export function grid<const Lists extends Readonly<Record<string, Iterable<unknown>>>>(lists: Lists): GridPoint<Lists>[];
export function grid(lists: Readonly<Record<string, Iterable<unknown>>>): Readonly<Record<string, unknown>>[] {
  let points: Readonly<Record<string, unknown>>[] = [{}];
  for (const [name, list] of Object.entries(lists)) {
    const elements = [...list];
    points = points.flatMap((point) => elements.map((element) => ({ ...point, [name]: element })));
  }
  return points;
}

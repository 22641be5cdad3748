/** A module whose export changes. */

// oxlint-disable-next-line import/no-mutable-exports -- a live binding is what is tested
export let count = 0;

export function bump(): number {
  count += 1;
  return count;
}

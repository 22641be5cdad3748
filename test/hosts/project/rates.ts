/** A module whose functions a test spies on. */

export function lately(): number {
  return 12;
}

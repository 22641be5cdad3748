/** Resolves after so many milliseconds; used inside futures, too. */

export function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

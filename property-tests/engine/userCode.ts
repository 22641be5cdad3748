/** What the futures of the model run, and what they must give. Their code takes everything from their arguments. */

/** What is thrown where nobody catches it, and ends the worker. */
export const uncaught = "thrown where nobody catches it";

/** Every future's function: its number, in thousands, and the values of those that it uses. */
export function answer(number: number, fails: boolean, ...inputs: readonly number[]): number {
  if (fails) throw new RangeError(`future ${number} fails`);
  return inputs.reduce((sum, input) => sum + input, number * 1000);
}

/** Every map's function: negative elements throw. */
export function element(x: number): number {
  if (x < 0) throw new RangeError(`element ${x} fails`);
  return 7 * x;
}

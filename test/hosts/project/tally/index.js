/** A package of somebody else's: closures refer to it, they do not copy it. */
const zero = 0;

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, zero);
}

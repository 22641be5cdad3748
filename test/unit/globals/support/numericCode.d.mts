/** Types of what is listed. */

export const numericCode: readonly (readonly [fn: Function, positions: readonly number[]])[];

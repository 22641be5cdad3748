/** Imported dynamically by a captured function. */
export const answer = 42;

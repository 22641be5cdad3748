/** Imported inside futures only. */

export const late: number = 11;

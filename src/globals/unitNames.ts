/** The names that units add to the user's: letters of a script that no one programs in. */

/** The heritage of a class, or what stands for `super` of a method. */
export const heritageName = "ǁ";
/** Computed keys: `ǃ0`, `ǃ1`, … */
export const keyName = "ǃ";
/** The values that are bound. */
export const valuesName = "ǀ";
/** Shared variables: `ǂcount`, whose value is in `ǂcount.v`. */
export const cellName = "ǂ";
/** Functions that set private static fields. */
export const settersName = "ǃset";
/** As long as `import.meta`. */
export const metaName = "ǁimportmeta";
/** Whether constructors and initialisers of a class do nothing. */
export const quietName = "ǃquiet";
/** What reads and writes the private state of a class's instances. */
export const privateName = "ǃprivate";

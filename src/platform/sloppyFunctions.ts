/**
 * What V8 gives plain functions of sloppy code alone: `arguments` and `caller`. Up to Node 25 these are properties of their own,
 * made before `prototype`; from 26 on accessors of `Function.prototype` that throw for all other functions. Anybody may give a
 * function properties of these names, so neither the names nor what reads as `fn.arguments` tell anything.
 */

const inherited = Object.getOwnPropertyDescriptor(Function.prototype, "arguments")?.get;
/** Up to Node 25 one getter stands for both names, and always throws. */
const areOwn = inherited !== undefined && inherited === Object.getOwnPropertyDescriptor(Function.prototype, "caller")?.get;

/** Whether a function that is no arrow, method, generator or async function is sloppy; `undefined` where somebody took the accessors away. */
export function isSloppy(fn: Function): boolean | undefined {
  if (areOwn) return hasOwn(fn);
  if (inherited === undefined) return undefined;
  try {
    inherited.call(fn);
    return true;
  } catch {
    return false; // that it throws is the answer
  }
}

/** Whether a property of `fn` is V8's own, and not one that somebody defined. */
export function isLegacyProperty(fn: Function, key: PropertyKey): boolean {
  return areOwn && (key === "arguments" || key === "caller") && hasOwn(fn);
}

function hasOwn(fn: Function): boolean {
  const keys = Reflect.ownKeys(fn);
  const at = keys.indexOf("caller");
  return at >= 0 && at < keys.indexOf("prototype");
}

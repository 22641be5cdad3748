/**
 * How a value was reached, for messages such as `handler → cfg → db`. A linked list, rendered only when needed.
 * The anonymous have an empty name. Names of variables and properties are shown, shortened; values and keys of Maps never.
 */

export interface Path {
  readonly up: Path | undefined;
  readonly name: string | symbol | number;
  /** A captured variable: what lies below belongs to a function. */
  readonly variable?: boolean;
  /** What a module exports: each export is a variable of its own. */
  readonly module?: boolean;
  /** What stands here, and the properties of it that are read, if that is all that is done with it. */
  readonly held?: { readonly value: unknown; readonly members: readonly string[] | undefined };
}

/** The paths of values that were refused, by the errors. */
export const refusedAt: WeakMap<Error, Path> = new WeakMap();

/** The places of keys of Maps and of elements of Sets. */
export const mapKey: unique symbol = Symbol("key");
export const setElement: unique symbol = Symbol("element");

const shown = 40;

/** `handler → cfg → db`. */
export function renderPath(path: Path | undefined): string {
  const names: string[] = [];
  for (let at = path; at !== undefined; at = at.up) if (at.name !== "") names.push(renderName(at.name));
  return names.length === 0 ? "the function itself" : names.reverse().join(" → ");
}

function renderName(name: Path["name"]): string {
  if (typeof name === "number") return `[${name}]`;
  const text = name === mapKey || name === setElement ? (name.description ?? "") : String(name);
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

/**
 * Whether a promise there is waited for: it is a captured variable, an argument, or an element of arrays, Maps or Sets that are. Elsewhere it is
 * part of something that the function need not even know.
 */
export function isWaitedFor(path: Path): boolean {
  let at = path;
  while (at.up !== undefined && at.variable !== true && isElement(at.name)) at = at.up;
  return at.variable === true || at.up === undefined || at.up.module === true;
}

function isElement(name: Path["name"]): boolean {
  return typeof name === "number" || name === mapKey || name === setElement;
}

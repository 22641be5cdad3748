/**
 * How a value was reached, for messages such as `handler → cfg → db`. A linked list, rendered only when needed.
 * The anonymous have an empty name. Names of variables and properties are shown, shortened; values and keys of Maps never.
 */

export interface Path {
  readonly up: Path | undefined;
  readonly name: string | symbol | number;
  /** A captured variable: what lies below belongs to a function. */
  readonly variable?: boolean;
  /** What stands here, and the properties of it that are read, if that is all that is done with it. */
  readonly held?: { readonly value: unknown; readonly members: readonly string[] | undefined };
}

/** The paths of values that were refused, by the errors. */
export const refusedAt: WeakMap<Error, Path> = new WeakMap();

const shown = 40;

/** `handler → cfg → db`. */
export function renderPath(path: Path | undefined): string {
  const names: string[] = [];
  for (let at = path; at !== undefined; at = at.up) if (at.name !== "") names.push(renderName(at.name));
  return names.length === 0 ? "the function itself" : names.reverse().join(" → ");
}

function renderName(name: Path["name"]): string {
  if (typeof name === "number") return `[${name}]`;
  const text = String(name);
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

/** Whether the value belongs to a function, rather than being data itself. */
export function isCaptured(path: Path | undefined): boolean {
  for (let at = path; at !== undefined; at = at.up) if (at.variable === true) return true;
  return false;
}

/**
 * How a value was reached, for messages such as `handler → cfg → db`. A linked list, rendered only when needed.
 * The anonymous have an empty name. Names of variables and properties are shown, shortened; values and keys of Maps never.
 */

export interface Path {
  readonly up: Path | undefined;
  readonly name: string | symbol | number;
}

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

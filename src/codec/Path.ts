/** How a value was reached, for messages such as `handler → cfg → db`. A linked list, rendered only when needed. The anonymous have an empty name. */

export interface Path {
  readonly up: Path | undefined;
  readonly name: string | symbol | number;
}

/** `handler → cfg → db`. */
export function renderPath(path: Path | undefined): string {
  const names: string[] = [];
  for (let at = path; at !== undefined; at = at.up) if (at.name !== "") names.push(typeof at.name === "number" ? `[${at.name}]` : String(at.name));
  return names.reverse().join(" → ");
}

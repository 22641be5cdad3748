/** The name, message and stack of what was thrown, which always travel. */

export function plainError(error: unknown): Error {
  const copy = new Error(error instanceof Error ? error.message : String(error));
  if (error instanceof Error) {
    Object.defineProperty(copy, "name", { value: error.name, configurable: true, writable: true });
    Object.defineProperty(copy, "stack", { value: error.stack, configurable: true, writable: true });
  }
  return copy;
}

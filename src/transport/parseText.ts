/** What a short message holds. Errors of `JSON.parse` would quote it, and with it the user's data. */

/** Throws for what is no JSON. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`a short message of ${text.length} characters is damaged`);
  }
}

/** The error for a short message that is no JSON. What `JSON.parse` says would quote it, and with it the user's data. */

export function damagedText(text: string): Error {
  return new Error(`a short message of ${text.length} characters is damaged`);
}

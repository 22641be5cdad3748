/** The text of a function could not be understood: native code, or syntax that the parser does not know. */

export class UnparsableFunction extends Error {
  override readonly name = "UnparsableFunction";

  /** `attempts` tells for each way of reading the text why it failed. */
  constructor(text: string, attempts: readonly string[]) {
    const excerpt = text.length > 80 ? `${text.slice(0, 77)}...` : text;
    super(`No way to read this as a function: ${excerpt}\n${attempts.map((attempt) => `  ${attempt}`).join("\n")}`);
  }
}

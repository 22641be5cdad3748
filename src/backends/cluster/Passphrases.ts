/** Asks for each key file's passphrase once, however many connections need it; again only if it was wrong. */

export class Passphrases {
  readonly #ask: (keyFile: string) => unknown;
  readonly #answers = new Map<string, Promise<string>>();

  constructor(ask: (keyFile: string) => unknown) {
    this.#ask = ask;
  }

  /** Rejects when the user's function does. */
  of(keyFile: string): Promise<string> {
    const known = this.#answers.get(keyFile);
    if (known !== undefined) return known;
    const answer = Promise.resolve(keyFile).then(this.#ask).then(String);
    this.#answers.set(keyFile, answer);
    answer.catch(() => this.forget(keyFile));
    return answer;
  }

  forget(keyFile: string): void {
    this.#answers.delete(keyFile);
  }
}

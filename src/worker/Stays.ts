/**
 * When a worker is put back. Futures that run at once in one worker share a stay: it begins with the first one's code, and the last
 * one to end answers for what is left, whoever left it. Others may come and go while that is looked for: then it is looked for again.
 */

import type { Left, PutBack } from "./WorkerHost.ts";

const clean: Left = { left: [], spent: false };

export class Stays {
  readonly #putBack: PutBack;
  /** Whether no other future is here. */
  readonly #isAlone: () => boolean;
  /** Code of futures has run since the worker was put back. */
  #entered = false;

  constructor(putBack: PutBack, isAlone: () => boolean) {
    this.#putBack = putBack;
    this.#isAlone = isAlone;
  }

  /** A future's code begins. `imported`: modules were loaded for it, maybe while others ran. */
  enter(imported: boolean): void {
    if (!this.#entered) this.#putBack.begin();
    else if (imported) this.#putBack.accept();
    this.#entered = true;
  }

  /** A future's code has ended. */
  leave(): Left | Promise<Left> {
    if (!this.#isAlone()) return clean;
    this.#entered = false;
    const left = this.#putBack.end(() => !this.#entered && this.#isAlone());
    return left instanceof Promise ? left.then((found) => this.#again(found)) : left;
  }

  async #again(found: Left): Promise<Left> {
    if (!this.#entered || found.spent) return found;
    const { left, spent } = await this.leave();
    return { left: [...found.left, ...left], spent };
  }
}

/**
 * `process.env` behind a proxy that notes writes, so that putting it back costs nothing where nothing was written. Workers below this one
 * hear of each write, and of its being put back (`session.environment`).
 */

import { currentSession } from "../session/currentSession.ts";
import type { Environment } from "../session/EnvironmentLog.ts";
import { watchWrites } from "./watchWrites.ts";

export class WatchedEnvironment {
  /** What user code sees as `process.env`. */
  readonly proxy: Environment;
  readonly #real: Environment;
  /** What changed keys held before their first change. */
  readonly #before = new Map<string, string | undefined>();
  /** What is answered for `FORCE_COLOR` where nobody has decided about colours. */
  #colors: string | undefined;

  constructor(real: Environment) {
    this.#real = real;
    this.proxy = watchWrites(
      real,
      (name) => {
        if (!this.#before.has(name)) this.#before.set(name, real[name]);
        currentSession().environment.note(name);
      },
      (name) => (name === "FORCE_COLOR" && this.#isUndecided() ? this.#colors : undefined),
    );
  }

  /** Lets packages, and Node itself, see that there is a terminal at home: they ask for this variable first. */
  showColors(level: number): void {
    this.#colors = level > 0 ? String(level) : undefined;
  }

  #isUndecided(): boolean {
    return ["FORCE_COLOR", "NO_COLOR", "NODE_DISABLE_COLORS"].every((name) => this.#real[name] === undefined);
  }

  /** What was written until now stays. */
  accept(): void {
    if (this.#before.size > 0) this.#before.clear();
  }

  /** From now on this is what is put back; what futures that run have written holds until then. */
  rebase(name: string, value: string | undefined): void {
    if (this.#before.has(name)) this.#before.set(name, value);
    else this.#write(name, value);
  }

  restore(): void {
    if (this.#before.size === 0) return;
    for (const [name, value] of this.#before) this.#write(name, value);
    this.#before.clear();
  }

  #write(name: string, value: string | undefined): void {
    if (value === undefined) delete this.#real[name];
    else this.#real[name] = value;
    currentSession().environment.note(name);
  }
}

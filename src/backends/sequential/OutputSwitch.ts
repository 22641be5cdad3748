/**
 * Leads what a future prints to that future, in a thread where others print too. In place only while futures run
 * here, and taken back afterwards: test runners and users change `console` themselves.
 */

import { describeWarning } from "../../worker/host/describeWarning.ts";
import { printMethods } from "../../worker/host/printMethods.ts";
import type { TaskOutput } from "../../worker/WorkerHost.ts";

type Around = (output: TaskOutput, args: readonly unknown[]) => unknown;

const consoleMethod = Symbol.for("futureplan/console");

export class OutputSwitch {
  readonly #here: () => TaskOutput | undefined;
  #restore: (() => void)[] = [];
  #users = 0;

  /** `here` gives the output of the future that is calling; `undefined`: it is not ours. */
  constructor(here: () => TaskOutput | undefined) {
    this.#here = here;
  }

  /** A future begins. */
  enter(): void {
    this.#users++;
    if (this.#users > 1) return;
    this.#restore = [
      ...(Object.isFrozen(console) ? [] : printMethods).map((method) =>
        this.#replace(console, method, (output, args) => output.print(method, args)),
      ),
      this.#replaceWrite("stdout"),
      this.#replaceWrite("stderr"),
      this.#replaceWarnings(),
    ];
  }

  /** It has ended. */
  leave(): void {
    this.#users--;
    if (this.#users > 0) return;
    for (const restore of this.#restore) restore();
    this.#restore = [];
  }

  #replaceWrite(name: "stdout" | "stderr"): () => void {
    return this.#replace(process[name], "write", (output, [chunk, encoding, written]) => {
      if (typeof chunk === "string" || chunk instanceof Uint8Array)
        output.write(name, chunk, typeof encoding === "string" ? encoding : undefined);
      const done = typeof encoding === "function" ? encoding : written;
      if (typeof done === "function") process.nextTick(() => Reflect.apply(done, undefined, []));
      return true;
    });
  }

  #replaceWarnings(): () => void {
    return this.#replace(process, "emitWarning", (output, [warning, ...rest]) => {
      const entry = describeWarning(warning, rest, process.emitWarning);
      if (entry !== undefined) output.warn(entry);
    });
  }

  /** Gives the way back, which leaves alone what somebody else has replaced since. */
  #replace(target: object, key: string, around: Around): () => void {
    const original: unknown = Reflect.get(target, key);
    if (typeof original !== "function") return () => undefined;
    const own = Object.getOwnPropertyDescriptor(target, key);
    const value = (...args: readonly unknown[]): unknown => {
      const output = this.#here();
      return output === undefined ? Reflect.apply(original, target, args) : around(output, args);
    };
    // A future that captures it is to get its own console's method.
    if (target === console) Object.defineProperty(value, consoleMethod, { value: key });
    Object.defineProperty(target, key, { configurable: true, enumerable: own?.enumerable ?? false, writable: true, value });
    return () => {
      if (Reflect.get(target, key) !== value) return;
      if (own === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, own);
    };
  }
}

/**
 * `process.env` behind a proxy that notes writes, so that putting it back costs nothing where nothing was written.
 * Everything that only reads goes straight through to the real object.
 */

type Environment = Record<string, string | undefined>;

export class WatchedEnvironment {
  /** What user code sees as `process.env`. */
  readonly proxy: Environment;
  readonly #real: Environment;
  /** What changed keys held before their first change. */
  readonly #before = new Map<string, string | undefined>();

  constructor(real: Environment) {
    this.#real = real;
    this.proxy = new Proxy(real, {
      set: (target, key, value) => {
        this.#note(key);
        return Reflect.set(target, key, value);
      },
      defineProperty: (target, key, descriptor) => {
        this.#note(key);
        return Reflect.defineProperty(target, key, descriptor);
      },
      deleteProperty: (target, key) => {
        this.#note(key);
        return Reflect.deleteProperty(target, key);
      },
    });
  }

  /** What was written until now stays. */
  accept(): void {
    if (this.#before.size > 0) this.#before.clear();
  }

  restore(): void {
    if (this.#before.size === 0) return;
    for (const [key, value] of this.#before) {
      if (value === undefined) delete this.#real[key];
      else this.#real[key] = value;
    }
    this.#before.clear();
  }

  #note(key: string | symbol): void {
    if (typeof key === "string" && !this.#before.has(key)) this.#before.set(key, this.#real[key]);
  }
}

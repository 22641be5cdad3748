/**
 * Which variables of this process were written, and in which order, so that workers which are there already can be told. Writers note
 * names only: values are read when somebody is told. Also where the variables lie while `process.env` is a proxy.
 */

export type Environment = Record<string, string | undefined>;

export class EnvironmentLog {
  /** How many writes were noted. */
  version = 0;
  readonly #written = new Map<string, number>();
  /** What `process.env` is while writes are noted as they happen, and the object behind it. */
  watched: { readonly proxy: Environment; readonly real: Environment } | undefined;
  /** What the variables were when they were last compared; `undefined`: writes are noted as they happen. */
  before: Environment | undefined;
  /** How many need to know of writes. */
  users = 0;
  /** Called when the last of them has gone. */
  unwatch: () => void = () => undefined;

  note(name: string): void {
    this.version += 1;
    this.#written.set(name, this.version);
  }

  /** Notes what differs from the last comparison; the first one notes nothing. */
  compare(now: Environment): void {
    const { before = now } = this;
    const names = before === now ? [] : new Set([...Object.keys(before), ...Object.keys(now)]);
    for (const name of names) if (before[name] !== now[name]) this.note(name);
    this.before = { ...now };
  }

  /** The names that were written after `version`. */
  since(version: number): readonly string[] {
    return [...this.#written].flatMap(([name, at]) => (at > version ? [name] : []));
  }
}

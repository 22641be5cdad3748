/**
 * Which variables of this process were written, and in which order, so that workers which are there already can be told. Writers note
 * names only: values are read when somebody is told. Also where the variables lie while `process.env` is a proxy.
 */

export type Environment = Record<string, string | undefined>;

export class EnvironmentLog {
  /** How many writes were noted. */
  version = 0;
  readonly #written = new Map<string, number>();
  /** What `process.env` is while writes are noted, and the object behind it. */
  watched: { readonly proxy: Environment; readonly real: Environment } | undefined;
  /** What an object that stands in place of the proxy held when it was last looked at. */
  replaced: Environment | undefined;
  /** How many need the writes to be noted. */
  users = 0;
  /** Ends that. */
  unwatch: () => void = () => undefined;

  note(name: string): void {
    this.version += 1;
    this.#written.set(name, this.version);
  }

  /** The names that were written after `version`. */
  since(version: number): readonly string[] {
    return [...this.#written].flatMap(([name, at]) => (at > version ? [name] : []));
  }
}

/** The modules that values name: imported before a value is rebuilt, each once. */

import { currentSession } from "../session/currentSession.ts";
import { Missing, text, texts } from "./decode/damage.ts";
import { followKeys } from "./decode/decodeReference.ts";
import type { Special } from "./Encoded.ts";
import { importFrom } from "./importFrom.ts";

export interface ImportHost {
  /** Called where an import for its effects fails; `undefined`: such imports are left out. */
  readonly effectFailed?: EffectFailed | undefined;
  /** The namespace of `futureplan` itself, for closures that use it. */
  importLibrary(): Promise<Readonly<Record<string, unknown>>>;
}

export type EffectFailed = (specifier: string, parentUrl: string, error: unknown) => void;

export class Imports {
  readonly #host: ImportHost;
  readonly #modules = new Map<string, unknown>();

  constructor(host: ImportHost) {
    this.#host = host;
  }

  /** Whether this special has to be loaded before it can be rebuilt. */
  lacks(special: Special): boolean {
    switch (special[0]) {
      case "import":
      case "scope":
        return !this.#modules.has(moduleKey(special));
      case "effect":
        return this.#host.effectFailed !== undefined && !this.#modules.has(moduleKey(special));
      case "library":
        return currentSession().library === undefined;
      default:
        return false;
    }
  }

  async load(missing: readonly Special[]): Promise<void> {
    for (const special of missing) if (special[0] === "effect") await this.#importEffect(special); // others may rely on them
    for (const special of missing) {
      if (special[0] === "effect") continue;
      if (special[0] === "library") currentSession().library ??= await this.#host.importLibrary();
      else if (!this.#modules.has(moduleKey(special))) this.#modules.set(moduleKey(special), await this.#load(special));
    }
  }

  /** Imports for nothing but the effect. */
  async #importEffect(special: Special): Promise<void> {
    if (this.#modules.has(moduleKey(special))) return;
    const [specifier, parent] = [text(special[1]), text(special[2])];
    try {
      await importFrom(specifier, parent);
    } catch (error) {
      this.#host.effectFailed?.(specifier, parent, error);
    }
    this.#modules.set(moduleKey(special), undefined);
  }

  /** The namespace of a module, or what one of its variables holds. */
  async #load(special: Special): Promise<unknown> {
    if (special[0] === "import") return importFrom(text(special[1]), text(special[2]));
    if (currentSession().openScope === undefined) await this.#host.importLibrary();
    return currentSession().openScope?.(special);
  }

  /** What a special names. Throws `Missing`. */
  value(special: Special): unknown {
    const keys = (special[0] === "library" ? [special[1]] : special[0] === "scope" ? [] : special[3]) as readonly string[]; // our own tuple
    const namespace = special[0] === "library" ? currentSession().library : this.#modules.get(moduleKey(special));
    const value = followKeys(namespace, keys);
    if (value === undefined) throw new Missing(`${String(special[1])} has no export ${keys.join(".")} here`);
    return value;
  }
}

function moduleKey(special: Special): string {
  const [tag, specifier, parent, place] = special;
  const key = `${text(specifier)}\n${text(parent)}`;
  if (tag === "scope") return `${key}\n${texts(place).join("\n")}`;
  return tag === "effect" ? `effect ${key}` : key;
}

/** One command: what is done, with its parameters, and how a counterexample shows it. Laws that only the moment can break are looked at after each. */

import type fc from "fast-check";
import { look } from "./look.ts";
import type { World } from "./World.ts";

/** What commands depend on: whether there is anything to choose from. */
export interface Model {
  futures: number;
  scopes: number;
}

export type Command = fc.AsyncCommand<Model, World>;

interface ActInit<P> {
  readonly name: string;
  readonly parameters: P;
  readonly needs?: keyof Model;
  readonly makes?: keyof Model;
  readonly run: (world: World, parameters: P) => void;
}

export class Act<P> implements Command {
  readonly #init: ActInit<P>;

  constructor(init: ActInit<P>) {
    this.#init = init;
  }

  check(model: Readonly<Model>): boolean {
    const { needs } = this.#init;
    return needs === undefined || model[needs] > 0;
  }

  async run(model: Model, world: World): Promise<void> {
    const { makes, run, parameters } = this.#init;
    if (makes !== undefined) model[makes]++;
    run(world, parameters);
    await look(world);
  }

  toString(): string {
    return `${this.#init.name}(${JSON.stringify(this.#init.parameters)})`;
  }
}

/** Any of them, by a number that needs not know how many there are. */
export function choose<T>(items: readonly T[], which: number): T | undefined {
  return items[which % items.length];
}

/** Several, each once. */
export function chooseAll<T>(items: readonly T[], which: readonly number[]): T[] {
  return [...new Set(which.flatMap((one) => choose(items, one) ?? []))];
}

/**
 * Which functions see one and the same variable: scopes are copies, and do not tell. Into the variable of one function after the other goes
 * a mark, unless there is one already; whoever is not asked is looked at. Each function takes one question and one look at most.
 */

import { scopesOf } from "./inspector.ts";
import { questioning, variableIn, type Stoppable, type Variable } from "./probe.ts";

/** A function, and which of its scopes (counted from the innermost) holds the variable. */
export interface Viewer {
  readonly fn: Function;
  readonly depth: number;
  /** Whom to ask in its stead; `undefined`: nobody, it is only looked at. */
  readonly given: Stoppable | undefined;
}

/** What was put into a variable. */
interface Mark {
  readonly variable: Variable;
  readonly before: unknown;
}

/**
 * For each viewer the mark of its variable: the same where it is the same. `undefined`: nobody could be asked, and it is none of those that
 * were. All variables keep their values. Throws where a question gets no answer.
 */
export function sameVariable(name: string, viewers: readonly Viewer[]): ReadonlyMap<Viewer, symbol> {
  return questioning(() => new Marking(name).all(viewers));
}

class Marking {
  readonly #name: string;
  readonly #marks = new Map<unknown, Mark>();
  readonly #found = new Map<Viewer, symbol>();

  constructor(name: string) {
    this.#name = name;
  }

  all(viewers: readonly Viewer[]): ReadonlyMap<Viewer, symbol> {
    try {
      for (const alike of byPlace(viewers)) {
        this.#look(alike);
        const unknown = alike.filter((viewer) => !this.#found.has(viewer));
        // What a name means is the same for all of a place: the first is checked for them.
        unknown.forEach((viewer, at) => this.#ask(viewer, at === 0));
      }
      this.#look(viewers);
      return this.#found;
    } finally {
      for (const { variable, before } of this.#marks.values()) variable.write(before);
    }
  }

  #ask(viewer: Viewer, isChecked: boolean): void {
    if (viewer.given === undefined) return;
    const variable = variableIn(viewer.given, this.#name);
    const before = variable.read();
    const mark = typeof before === "symbol" && this.#marks.has(before) ? before : Symbol("mark");
    if (mark !== before) {
      variable.write(mark);
      this.#marks.set(mark, { variable, before });
    }
    this.#found.set(viewer, mark);
    if (isChecked) this.#check(viewer, mark);
  }

  #check(viewer: Viewer, mark: symbol): void {
    const [scopes] = scopesOf([viewer.fn]);
    if (scopes?.[viewer.depth]?.object[this.#name] !== mark) throw new Error(`${this.#name} is not the variable that was captured`);
  }

  /** Looks for marks where none was found yet. */
  #look(viewers: readonly Viewer[]): void {
    if (this.#marks.size === 0) return;
    const rest = viewers.filter((viewer) => !this.#found.has(viewer));
    const scopes = scopesOf(rest.map(({ fn }) => fn));
    rest.forEach((viewer, at) => {
      const value = scopes[at]?.[viewer.depth]?.object[this.#name];
      if (typeof value === "symbol" && this.#marks.has(value)) this.#found.set(viewer, value);
    });
  }
}

/** The largest group first: its functions need not be looked at. Those of no known place are by themselves. */
function byPlace(viewers: readonly Viewer[]): readonly (readonly Viewer[])[] {
  const places = new Map<unknown, Viewer[]>();
  for (const viewer of viewers) {
    if (viewer.given === undefined) continue;
    const place = viewer.given.place ?? viewer;
    const alike = places.get(place);
    if (alike === undefined) places.set(place, [viewer]);
    else alike.push(viewer);
  }
  return [...places.values()].toSorted((a, b) => b.length - a.length);
}

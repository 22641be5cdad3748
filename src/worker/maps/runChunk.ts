/**
 * Runs the elements of a chunk one after the other, in a plain loop for as long as no element returns a promise. Numbers go
 * into one typed array, which travels as it is; the first value that is no number turns the list into an array.
 */

import type { Result } from "../../codec/Linker.ts";
import type { OutputEntry } from "../../protocol/messages.ts";
import { setChunkRunner, type ChunkEnd, type ChunkInit } from "../chunkRunner.ts";
import { isThenable } from "../isThenable.ts";
import { reduceTree } from "./reduceTree.ts";
import { ValueList, type Numbers } from "./ValueList.ts";

type ElementFunction = (...args: readonly unknown[]) => unknown;

interface Elements {
  readonly length: number;
  readonly [position: number]: unknown;
}

/** Milliseconds between two messages about progress. */
const pause = 50;

setChunkRunner((init) => new Chunk(init).run());

class Chunk {
  readonly #init: ChunkInit;
  readonly #fn: ElementFunction;
  readonly #elements: Elements;
  readonly #reducer: ElementFunction | undefined;
  readonly #values: ValueList;
  readonly #failed: number[] = [];
  readonly #errors: unknown[] = [];
  readonly #refresh: (() => ElementFunction) | undefined;
  /** Nothing but the call itself has to be done for an element, whose value is wanted. */
  readonly #plain: boolean;
  readonly #output: OutputEntry[] = [];
  readonly #written: number[] = [];
  #at = 0;
  #told = 0;
  /** Index of the lowest element that failed, where they are not run in their order. */
  #limit: number | undefined;

  constructor(init: ChunkInit) {
    this.#init = init;
    this.#refresh = init.map.fresh ? refresher(init) : undefined;
    const parts = parseBody(init.decode());
    this.#fn = parts.fn;
    this.#elements = parts.elements;
    this.#reducer = parts.reducer;
    this.#plain =
      this.#refresh === undefined &&
      !init.map.spread &&
      !init.map.announce &&
      !init.map.progress &&
      !init.map.discard &&
      init.map.indices === undefined;
    init.task.count = parts.elements.length;
    this.#values = new ValueList(init.map.discard ? 0 : parts.elements.length, init.map.as);
  }

  run(): ChunkEnd | Promise<ChunkEnd> {
    const { length } = this.#elements;
    while (this.#at < length) {
      try {
        const numbers = this.#plain ? this.#values.numbers : undefined;
        const value = numbers === undefined ? this.#call(this.#at) : this.#sprint(numbers);
        if (this.#at === length) break;
        if (isThenable(value)) return this.#goOn(value);
        this.#keep(value);
      } catch (error) {
        if (!this.#fail(error)) return this.#failure();
      }
    }
    return this.#end();
  }

  /** Runs elements for as long as they give numbers and write nothing; gives the first value that needs more care. */
  #sprint(numbers: Numbers): unknown {
    const elements = this.#elements;
    const fn = this.#fn;
    const { task, map } = this.#init;
    const { length } = elements;
    let at = this.#at;
    try {
      for (; at < length; at++) {
        const index = map.first + at;
        task.index = index;
        const value = fn(elements[at], index);
        if (typeof value !== "number" || task.isNoted) return value;
        numbers[at] = value; // a BigInt array refuses it itself
      }
    } finally {
      this.#at = at;
      task.done = at;
      this.#values.count = at;
    }
    return undefined;
  }

  /** From the first promise on, each element is awaited before the next begins. */
  async #goOn(first: PromiseLike<unknown>): Promise<ChunkEnd> {
    let begun: PromiseLike<unknown> | undefined = first;
    while (this.#at < this.#elements.length) {
      try {
        if (begun === undefined) this.#init.task.signal.throwIfAborted();
        const value: unknown = begun ?? this.#call(this.#at);
        begun = undefined;
        this.#keep(isThenable(value) ? await value : value);
      } catch (error) {
        if (!this.#fail(error)) return this.#failure();
      }
    }
    return this.#end();
  }

  #call(position: number): unknown {
    const { map, task } = this.#init;
    const index = map.indices === undefined ? map.first + position : (map.indices[position] ?? 0);
    task.index = index;
    task.done = position;
    if (map.announce || map.progress) this.#tell();
    const fn = this.#refresh === undefined ? this.#fn : this.#refresh();
    const element = this.#elements[position];
    return map.spread && Array.isArray(element) ? fn(...element) : fn(element, index);
  }

  #keep(value: unknown): void {
    const misuse = this.#init.task.takeMisuse();
    if (misuse !== undefined) throw misuse;
    this.#takeOutput();
    if (!this.#init.map.discard) this.#values.add(value);
    this.#at++;
    if (this.#limit !== undefined) this.#skipAbove();
  }

  /** What the element wrote is set apart. */
  #takeOutput(): void {
    const entries = this.#init.task.takeOutput();
    if (entries.length === 0) return;
    this.#written.push(this.#at, entries.length);
    for (const entry of entries) this.#output.push(entry);
  }

  /** Whether the chunk goes on in spite of the error. */
  #fail(error: unknown): boolean {
    const { map, task } = this.#init;
    task.takeMisuse(); // its own error says more
    this.#takeOutput();
    this.#failed.push(this.#at);
    this.#errors.push(error);
    if (task.isAborted || map.onError === "end") return false;
    if (map.onError === "stop") {
      this.#limit = map.indices?.[this.#at];
      return this.#limit !== undefined && this.#skipAbove();
    }
    if (!map.discard) this.#values.skip();
    this.#at++;
    return true;
  }

  /** The error with the lowest index wins, in whatever order elements are run: only those with lower ones still are. */
  #skipAbove(): true {
    const { indices } = this.#init.map;
    while (this.#at < this.#elements.length && (indices?.[this.#at] ?? 0) >= (this.#limit ?? 0)) this.#at++;
    return true;
  }

  /** At most one message per millisecond: nobody can see more. */
  #tell(): void {
    const { map, task } = this.#init;
    const now = this.#init.now();
    if (map.announce && now !== this.#told) task.announce();
    if (map.progress && now - this.#told >= pause) task.progress(0, undefined);
    else if (!map.announce) return;
    this.#told = now;
  }

  #failure(): ChunkEnd {
    const { map, task } = this.#init;
    return map.onError === "end" && !task.isAborted ? this.#parts() : this.#ended("error", this.#errors.at(-1));
  }

  #parts(): ChunkEnd {
    return { ...this.#ended("value", undefined), parts: { values: this.#values.toArray(), errors: this.#errors } };
  }

  #end(): ChunkEnd | Promise<ChunkEnd> {
    if (this.#failed.length > 0) {
      if (this.#init.map.onError === "stop") return this.#failure();
      return this.#parts();
    }
    if (this.#reducer === undefined) {
      const { value, encoded } = this.#values.finish();
      return this.#ended("value", value, encoded);
    }
    const reduced = reduceTree(this.#values.toArray(), this.#reducer);
    if (!isThenable(reduced)) return this.#ended("value", [reduced]);
    return Promise.resolve(reduced).then((value) => this.#ended("value", [value]));
  }

  #ended(status: ChunkEnd["status"], value: unknown, encoded?: Result): ChunkEnd {
    return { status, value, parts: undefined, encoded, failed: this.#failed, output: this.#output, written: this.#written };
  }
}

interface Body {
  readonly fn: ElementFunction;
  readonly elements: Elements;
  readonly reducer: ElementFunction | undefined;
}

function parseBody(body: unknown): Body {
  const [fn, elements, reducer]: readonly unknown[] = Array.isArray(body) ? body : [];
  if (!isFunction(fn) || !isElements(elements)) throw new TypeError("The body of a chunk must be a function with its elements.");
  return { fn, elements, reducer: isFunction(reducer) ? reducer : undefined };
}

function isFunction(value: unknown): value is ElementFunction {
  return typeof value === "function";
}

function isElements(value: unknown): value is Elements {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** The function anew, with its variables as they were captured; shared ones are put back by hand. */
function refresher({ body, decode }: ChunkInit): () => ElementFunction {
  const cells = (body.specials ?? []).flatMap(([tag, cell]) => (tag === "cell" && isCell(cell) ? [{ cell, value: cell.v }] : []));
  return () => {
    for (const { cell, value } of cells) cell.v = value;
    return parseBody(decode()).fn;
  };
}

function isCell(value: unknown): value is { v: unknown } {
  return typeof value === "object" && value !== null && "v" in value;
}

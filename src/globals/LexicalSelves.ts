/** The `this` of arrow functions: no scope shows it, and turning the debugger on is dear, so all that were met are asked together. */

import type { Encoder } from "../codec/encode/Encoder.ts";
import type { Path } from "../codec/encode/Path.ts";
import { NotPortable } from "../errors/errors.ts";
import { lexicalNewTarget, lexicalThis, questioning, type Stoppable } from "../platform/probe.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Parts } from "./Parts.ts";
import { obstacleTo, stoppableOf } from "./stoppableOf.ts";

/** What was asked once: it never changes. */
const selves = new WeakMap<Function, { readonly self: unknown }>();

export class LexicalSelves {
  readonly unsettled: FunctionRecord[] = [];
  readonly #parts: Parts | undefined;

  constructor(parts: Parts | undefined) {
    this.#parts = parts;
  }

  note(record: FunctionRecord): void {
    const { form, usesThis, usesNewTarget } = record.site.facts;
    if (form === "arrow" && (usesThis || usesNewTarget)) this.unsettled.push(record);
  }

  /** Completes the ties of the functions noted, and of those that are met by it. */
  settle(encoder: Encoder): void {
    while (this.unsettled.length > 0) {
      const records = this.unsettled.splice(0);
      askAll(encoder, records);
      for (const record of records) if (record.site.facts.usesThis) this.#tie(encoder, record);
      encoder.drain();
    }
  }

  #tie(encoder: Encoder, record: FunctionRecord): void {
    const { fn, index, site } = record;
    const held = { value: selves.get(fn)?.self, members: site.facts.thisMembers };
    const path: Path = { up: record.path, name: "this", variable: true, held };
    encoder.hooks.noteVariable?.(path, held.value);
    const self = this.#parts?.has(held.value) === true ? this.#parts.encode(encoder, held, path) : encoder.refFor(index, held.value, path);
    record.ties = { ...record.ties, self };
  }
}

function askAll(encoder: Encoder, records: readonly FunctionRecord[]): void {
  const unknown = records.filter(({ fn, site }) => site.facts.usesNewTarget || !selves.has(fn));
  const [first] = unknown;
  if (first === undefined) return;
  try {
    questioning(() => unknown.forEach((record) => askOne(encoder, record)));
  } catch (error) {
    if (error instanceof NotPortable) throw error;
    refuse(encoder, first, "this"); // nobody can be asked here
  }
}

function askOne(encoder: Encoder, record: FunctionRecord): void {
  const { fn, site, path } = record;
  if (site.facts.usesNewTarget && ask(encoder, record, lexicalNewTarget, "new.target") !== undefined) {
    encoder.refuse(
      path,
      "an arrow function that uses the new.target around it cannot leave its constructor",
      "Read new.target into a variable first.",
    );
  }
  if (site.facts.usesThis) selves.set(fn, { self: ask(encoder, record, lexicalThis, "this") });
}

/** What only a call that is stopped at its entry can tell. */
function ask(encoder: Encoder, record: FunctionRecord, question: (given: Stoppable) => unknown, what: string): unknown {
  const given = stoppableOf(record);
  try {
    if (given !== undefined) return question(given);
  } catch {
    // The code that could answer is not to be run: worded below.
  }
  return refuse(encoder, record, what);
}

function refuse(encoder: Encoder, { site, scopes, path }: FunctionRecord, what: string): never {
  const obstacle = obstacleTo({ site, scopes });
  return encoder.refuse(
    path,
    obstacle === undefined
      ? `an arrow function that uses the ${what} around it cannot be taken from there: only node:inspector could read that, and cannot here`
      : `an arrow function that uses the ${what} around it, and whose ${obstacle}, cannot be taken from there: this would run`,
    `Read ${what} into a variable first.`,
  );
}

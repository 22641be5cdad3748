/**
 * Edits that let the receiver give objects the private state of a class: while a flag is up, constructors return at once and fields are
 * initialised with nothing; a static block hands out what reads and writes the fields.
 */

import type { ClassFacts } from "./analysis/classFacts.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import type { Edit } from "./placeEdits.ts";
import { privateName, quietName } from "./unitNames.ts";

/** For a class whose instances have private names. Parts that were edited in this way before stay as they are. */
export function privateEdits(text: string, { heritage, privates }: ClassFacts): readonly Edit[] {
  if (privates === undefined) return [];
  const { initialisers, ownConstructor, end } = privates;
  const edits = initialisers.flatMap(({ start, end: stop, name }) => {
    if (text.startsWith(quietName, start)) return [];
    const [before, after] = name === undefined ? ["(", ")"] : [`{[${JSON.stringify(name)}]:`, `}[${JSON.stringify(name)}]`];
    return [insert(start, `${quietName}?void 0:${before}`), insert(stop, after)];
  });
  const guard = heritage === undefined ? `if(${quietName})return;` : `if(${quietName}){super();return}`;
  if (ownConstructor !== undefined && !text.startsWith(guard, ownConstructor.start)) edits.push(insert(ownConstructor.start, guard));
  return [...edits, insert(end, `;static{${privateName}=${accessors(privates)}}`)];
}

function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function accessors(facts: PrivateFacts): string {
  return `[${readerOf(facts)},${writerOf(facts)},${facts.hasPublicFields}]`;
}

/** The text of a function that gives the values of all fields of an object, or nothing for one without. */
export function readerOf({ fields, names }: PrivateFacts): string {
  const has = names.map((name) => `${name} in o`).join("||");
  return `(o)=>${has}?[${fields.map((name) => `o.${name}`).join(",")}]:void 0`;
}

/** The text of a function that writes them. */
export function writerOf({ fields }: PrivateFacts): string {
  return `(o,v)=>{${fields.map((name, at) => `o.${name}=v[${at}]`).join(";")}}`;
}

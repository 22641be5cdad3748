/** Blocks as they travel: threads get the memory itself; others get bytes that tasks name by an id, or a copy. */

import { types } from "node:util";
import type { Block } from "../../codec/Block.ts";
import type { Encoded, Payload, Special } from "../../codec/Encoded.ts";
import { freezeRange } from "../../codec/encode/freezeRange.ts";
import { contentHash } from "./contentHash.ts";

/** What stands in a tuple in place of a block. */
export type Carrier = (block: Block) => ArrayBufferLike | string;

/** The same with blocks as the worker can take them. */
export function carryBlocks(encoded: Encoded, { blocks }: Pick<Payload, "blocks">, carrier: Carrier): Encoded {
  if (blocks.length === 0 || encoded.specials === undefined) return encoded;
  const known = new Map<unknown, Block>(blocks.map((block) => [block, block]));
  const specials = encoded.specials.map((special): Special => {
    const [tag, first, second, ...rest] = special;
    const block = known.get(second);
    return block === undefined ? special : [tag, first, carrier(block), ...rest];
  });
  return { ...encoded, specials };
}

/** For threads of this process. */
export function asMemory({ memory }: Block): SharedArrayBuffer {
  return types.isSharedArrayBuffer(memory) ? memory : freezeRange(memory, 0, memory.byteLength);
}

/** For messages that are sent once, before anything else. */
export function asCopy({ memory }: Block): ArrayBuffer {
  const copy = new ArrayBuffer(memory.byteLength);
  new Uint8Array(copy).set(new Uint8Array(memory));
  return copy;
}

const ids = new WeakMap<object, string>();
const owners = new WeakMap<object, number>();
let count = 0;

/**
 * For workers that are sent the bytes beforehand. What is shared may change, so it is looked at each time that it is captured, and
 * never taken for anything else.
 */
export function asId(block: Block): string {
  const { memory, shared } = block;
  const key = shared ? block : memory;
  const id = ids.get(key) ?? `${shared ? `${ownerOf(memory)}:` : ""}${contentHash(new Uint8Array(memory))}`;
  ids.set(key, id);
  return id;
}

function ownerOf(memory: object): number {
  const owner = owners.get(memory) ?? ++count;
  owners.set(memory, owner);
  return owner;
}

/** What one worker is sent once, before the first task that needs it: definitions, and the bytes of blocks where it cannot share memory. */

import type { Block } from "../../codec/Block.ts";
import type { BlockBytes, Definition, Payload } from "../../codec/Encoded.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import { asId, asMemory, type Carrier } from "./carryBlocks.ts";
import { KeptBlocks } from "./KeptBlocks.ts";
import type { Ticket } from "./Ticket.ts";

export class Supplies {
  /** What stands for blocks in its tasks. */
  readonly carrier: Carrier;
  readonly #sharesMemory: boolean;
  /** Ids of the definitions that it has. */
  readonly #known = new Set<string>();
  readonly #kept: KeptBlocks;

  /** `keep`: bytes of blocks that it may hold on to. */
  constructor(sharesMemory: boolean, keep: number) {
    this.carrier = sharesMemory ? asMemory : asId;
    this.#sharesMemory = sharesMemory;
    this.#kept = new KeptBlocks(keep);
  }

  /** A new worker knows only what its first message told. */
  startWith(definitions: readonly Definition[]): void {
    this.#known.clear();
    for (const definition of definitions) this.#known.add(definition.id);
  }

  /** Sends what it lacks of these. Throws like `Channel.send`. */
  define(needs: readonly Definition[], send: (message: HostMessage) => void): void {
    const definitions = needs.filter((definition) => !this.#known.has(definition.id));
    if (definitions.length > 0) send({ type: "define", definitions });
    for (const definition of definitions) this.#known.add(definition.id);
  }

  /** Sends what it lacks for this payload. `aboard`: whoever needs what it has. Throws like `Channel.send`. */
  send({ needs, blocks }: Payload, aboard: () => Iterable<Ticket>, send: (message: HostMessage) => void): void {
    const definitions = needs.filter((definition) => !this.#known.has(definition.id));
    const missing = blocks.length === 0 || this.#sharesMemory ? [] : this.#missing(blocks);
    if (definitions.length + missing.length === 0) return;
    const more = missing.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const released = more > 0 && this.#kept.isFull(more) ? this.#kept.release(more, neededBy(aboard())) : [];
    if (released.length > 0) send({ type: "forget", blocks: released });
    send({ type: "define", definitions: [...definitions, ...missing] });
    for (const definition of definitions) this.#known.add(definition.id);
    for (const { id, bytes } of missing) this.#kept.add(id, bytes.length);
  }

  #missing(blocks: readonly Block[]): BlockBytes[] {
    const missing = new Map<string, BlockBytes>();
    for (const block of blocks) {
      const id = asId(block);
      if (!this.#kept.use(id)) missing.set(id, { type: "block", id, bytes: new Uint8Array(block.memory) });
    }
    return [...missing.values()];
  }
}

/** Ids of the blocks that must stay. */
function neededBy(tickets: Iterable<Ticket>): ReadonlySet<string> {
  return new Set([...tickets].flatMap(({ task }) => task.payload.blocks.map(asId)));
}

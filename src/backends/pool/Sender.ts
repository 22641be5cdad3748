/**
 * Sends futures to one worker, with everything that it lacks, and knows the places that they have there: what home can find out of a future without
 * a message depends on how it was sent.
 */

import type { Definition } from "../../codec/Encoded.ts";
import type { Task } from "../../core/Backend.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import type { Ledger } from "../../transport/Ledger.ts";
import type { CrewSettings } from "./Crew.ts";
import { Parts } from "./parts.ts";
import { Places } from "./Places.ts";
import type { WorkerSeat } from "./PoolDefinition.ts";
import { Supplies } from "./Supplies.ts";
import { taskMessage, type Sending } from "./taskMessage.ts";
import { StateSender } from "./StateSender.ts";
import type { Ticket } from "./Ticket.ts";

export interface SenderHost {
  readonly seat: WorkerSeat;
  readonly ledger: Ledger | undefined;
  send(message: HostMessage): void;
}

export class Sender {
  readonly #settings: CrewSettings;
  readonly #host: SenderHost;
  readonly #supplies: Supplies;
  readonly #parts: Parts;
  readonly #state: StateSender;
  #places: Places | undefined;

  constructor(settings: CrewSettings, host: SenderHost) {
    this.#settings = settings;
    this.#host = host;
    const send = (message: HostMessage): void => host.send(message);
    this.#supplies = new Supplies(settings.definition.capabilities.sharedMemory, settings.keep);
    this.#parts = new Parts(settings.definition);
    this.#state = new StateSender({
      definition: settings.definition,
      seat: host.seat,
      define: (needs) => this.#supplies.define(needs, send),
      send,
    });
  }

  /** `undefined`: it has no ledger. */
  get places(): Places | undefined {
    const { ledger } = this.#host;
    if (ledger !== undefined) this.#places ??= new Places(ledger);
    return this.#places;
  }

  /**
   * Of the only future of a worker elsewhere it is taken for granted that it has begun: a lost connection leaves that open anyway, and to tell each start
   * would make round trips half as long again.
   */
  get presumes(): boolean {
    const { definition, options } = this.#settings;
    return definition.capabilities.remote && options.concurrency === 1 && this.#host.ledger === undefined;
  }

  /** A new worker knows only what its first message told. */
  startWith(definitions: readonly Definition[]): void {
    this.#supplies.startWith(definitions);
    this.#state.start();
  }

  /** All in one message. `aboard` gives everything that the worker has then. Throws when one cannot be sent. */
  send(tickets: readonly Ticket[], aboard: () => Iterable<Ticket>): void {
    this.#state.update();
    for (const { task } of tickets) this.#supplies.send(task.payload, aboard, (message) => this.#host.send(message));
    const tasks = tickets.map((ticket) => taskMessage(ticket.task, this.#supplies.carrier, this.#sending(ticket)));
    const [first] = tasks;
    if (tasks.length > 1) this.#host.send({ type: "batch", tasks });
    else if (first !== undefined) this.#host.send(first);
  }

  #sending(ticket: Ticket): Sending {
    const { places } = this;
    const together = this.#settings.options.concurrency > 1;
    // For its time limit; and to know that it has begun where there are no places, or where others may get its place while it goes on.
    const announce = ticket.task.timeout !== undefined || together || (places === undefined && !this.presumes);
    // Of several at once some may not have begun when their worker is ended.
    return { announce, place: places?.enter(ticket), ahead: ticket.ahead || together, modules: this.#parts.modules(ticket.task) };
  }

  /** The worker has run it, and keeps what it loaded for that. */
  ran(task: Task): void {
    this.#parts.ran(task);
  }
}

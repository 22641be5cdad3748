/** A worker without a process: the test sees what it was sent and says what it answers. */

import type { Encoded } from "../../../../src/codec/Encoded.ts";
import type { HostMessage, OutcomeMessage, TaskMessage, WorkerMessage } from "../../../../src/protocol/messages.ts";
import { protocolVersion } from "../../../../src/protocol/version.ts";
import type { Channel, ChannelEnd, ChannelListener } from "../../../../src/transport/Channel.ts";
import { MemoryLedger } from "./MemoryLedger.ts";

export class MemoryWorker implements Channel {
  readonly name: string;
  readonly ledger: MemoryLedger | undefined;
  readonly sent: HostMessage[] = [];
  held = true;
  killed = false;
  #listener: ChannelListener | undefined;
  #over = false;
  readonly #passed = new Set<TaskMessage>();

  constructor(name: string, marked: boolean) {
    this.name = name;
    this.ledger = marked ? new MemoryLedger() : undefined;
  }

  /** Numbers of the tasks it was sent. */
  get tasks(): number[] {
    return this.messages.map(({ task }) => task);
  }

  /** Numbers of those that it has not found taken back. */
  get inbox(): number[] {
    return this.messages.filter((message) => !this.#passed.has(message)).map(({ task }) => task);
  }

  get messages(): TaskMessage[] {
    return this.sent.flatMap(tasksOf);
  }

  /** The same as they arrive: each message is a clone. */
  get received(): TaskMessage[] {
    return this.sent.flatMap((message) => tasksOf(structuredClone(message)));
  }

  types(): string[] {
    return this.sent.map(({ type }) => type);
  }

  send(message: HostMessage): void {
    structuredClone(message);
    if (!this.#over) this.sent.push(message);
    if (message.type === "close") this.die({});
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  ref(): void {
    this.held = true;
  }

  unref(): void {
    this.held = false;
  }

  async kill(): Promise<void> {
    this.killed = true;
    this.die({});
  }

  say(message: WorkerMessage): void {
    if (!this.#over) this.#listener?.message(message);
  }

  ready(protocol: number = protocolVersion): void {
    this.say({ type: "ready", protocol, node: "v20.0.0", pid: 1, thread: 0, host: "here" });
  }

  /** Whether it says nothing more. */
  get over(): boolean {
    return this.#over;
  }

  /** `false`: it was taken back. */
  start(task: number): boolean {
    const message = this.messages.find((one) => one.task === task && !this.#passed.has(one));
    const begins = message?.place === undefined || this.ledger?.claim(message.place) === true;
    if (begins) this.say({ type: "started", task, at: 5 });
    else if (message !== undefined) {
      this.#passed.add(message);
      this.#answer(task, "unbegun", undefined, false);
    }
    return begins;
  }

  finish(task: number, more: { value?: unknown; spent?: boolean } = {}): void {
    this.#answer(task, "value", more.value, more.spent ?? false);
  }

  #answer(task: number, status: OutcomeMessage["status"], value: unknown, spent: boolean): void {
    const body: Encoded = { root: value };
    this.say({ type: "outcome", task, status, body, definitions: [], output: [], started: 5, finished: 6, left: [], spent });
  }

  fault(during: "init" | "setup" | "async", tasks: number[], text: string): void {
    this.say({ type: "fault", during, tasks, body: { root: new Error(text) } });
  }

  die(end: ChannelEnd): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener?.closed(end);
  }
}

function tasksOf(message: HostMessage): readonly TaskMessage[] {
  return message.type === "batch" ? message.tasks : message.type === "task" ? [message] : [];
}

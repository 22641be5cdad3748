/** A worker without a process: the test sees what it was sent and says what it answers. */

import type { Encoded } from "../../../../src/codec/Encoded.ts";
import type { HostMessage, TaskMessage, WorkerMessage } from "../../../../src/protocol/messages.ts";
import { protocolVersion } from "../../../../src/protocol/version.ts";
import type { Channel, ChannelEnd, ChannelListener } from "../../../../src/transport/Channel.ts";

export class MemoryWorker implements Channel {
  readonly name: string;
  readonly marker: Int32Array | undefined;
  readonly sent: HostMessage[] = [];
  held = true;
  killed = false;
  #listener: ChannelListener | undefined;
  #over = false;

  constructor(name: string, marked: boolean) {
    this.name = name;
    this.marker = marked ? new Int32Array(1) : undefined;
  }

  /** Numbers of the tasks it was sent. */
  get tasks(): number[] {
    return this.sent.filter((message): message is TaskMessage => message.type === "task").map(({ task }) => task);
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

  start(task: number): void {
    if (this.marker !== undefined) Atomics.store(this.marker, 0, task);
    this.say({ type: "started", task, at: 5 });
  }

  finish(task: number, more: { value?: unknown; spent?: boolean } = {}): void {
    const body: Encoded = { root: more.value };
    const rest = { definitions: [], output: [], started: 5, finished: 6, left: [], spent: more.spent ?? false };
    this.say({ type: "outcome", task, status: "value", body, ...rest });
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

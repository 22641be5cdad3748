/**
 * A worker as `src/worker/README.md` has it, between two wires: it takes what arrives, begins and ends futures when the test
 * says so, and computes from nothing but the messages. It dies, is cut off, or is killed; the host hears of it in time.
 */

import type { Channel, ChannelEnd, ChannelListener } from "../../src/transport/Channel.ts";
import type { HostMessage, OutcomeMessage, TaskMessage, WorkerMessage } from "../../src/protocol/messages.ts";
import { protocolVersion } from "../../src/protocol/version.ts";
import { MemoryLedger } from "../../test/unit/backends/support/MemoryLedger.ts";
import { TaskCode, type Ended } from "./TaskCode.ts";
import { uncaught } from "./userCode.ts";
import { Wire, type Schedule } from "./Wire.ts";

/** How a worker starts; `unopened` and `hopeless` do not even get so far. */
export type Fate = "ready" | "dies" | "silent" | "stranger" | "setupFails" | "unopened" | "hopeless";

export interface WiredWorkerInit {
  readonly name: string;
  readonly marked: boolean;
  readonly concurrency: number;
  readonly fate: Fate;
  readonly schedule: Schedule;
  /** User code is about to run. */
  readonly began: (message: TaskMessage) => void;
  /** The host ends it, without having heard that these have begun. */
  readonly killed: (unheard: readonly number[]) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type News = WorkerMessage | { readonly type: "closed"; readonly end: ChannelEnd };

export class WiredWorker implements Channel {
  readonly ledger: MemoryLedger | undefined;
  readonly init: WiredWorkerInit;
  readonly #toWorker: Wire<HostMessage>;
  readonly #toHost: Wire<News>;
  readonly #code = new TaskCode();
  readonly #waiting: TaskMessage[] = [];
  readonly running: TaskMessage[] = [];
  readonly #done: TaskMessage[] = [];
  #listener: ChannelListener | undefined;
  #state: "starting" | "working" | "closing" | "spent" | "faulty" | "gone" = "starting";
  /** Neither side hears the other. */
  #cutOff = false;
  /** A future keeps its loop busy: what comes meanwhile is read when that has ended. */
  isBlocked = false;
  #unread: HostMessage[] = [];
  /** Resolves when it is gone. */
  readonly #ended: Promise<void>;
  #end: () => void = () => undefined;
  isKilled = false;
  /** The host knows of its end, or has asked for it when it had nothing to do. */
  #isDismissed = false;

  constructor(init: WiredWorkerInit) {
    const { name, schedule, marked } = init;
    this.init = init;
    this.ledger = marked ? new MemoryLedger() : undefined;
    this.#toWorker = new Wire<HostMessage>(`${name} hears`, schedule, (message) => this.#hear(message), describe);
    this.#toHost = new Wire<News>(`${name} says`, schedule, (news) => this.#arrive(news), describe);
    this.#ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** It still exists, whatever the host knows of it. */
  get isAlive(): boolean {
    return this.#state !== "gone";
  }

  get isReady(): boolean {
    return this.#state === "working" || this.#state === "closing" || this.#state === "spent";
  }

  get canBegin(): boolean {
    const takes = (this.#state === "working" || this.#state === "closing") && !this.isBlocked;
    return takes && this.#waiting.length > 0 && this.running.length < this.init.concurrency;
  }

  send(message: HostMessage): void {
    const copy = structuredClone(message);
    this.#isDismissed ||= message.type === "close";
    if (this.isAlive && !this.#cutOff) this.#toWorker.send(copy);
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  ref(): void {}

  unref(): void {}

  kill(): Promise<void> {
    if (!this.isKilled && !this.#isDismissed)
      this.init.killed(this.#toHost.items.flatMap((news) => (news.type === "started" ? news.task : [])));
    if (!this.isKilled && this.isAlive) this.init.schedule(`${this.init.name} is killed`, () => this.die({}));
    this.isKilled = true;
    return this.#ended;
  }

  /** What it has said arrives; what it was sent does not. */
  die(end: ChannelEnd): void {
    if (!this.isAlive) return;
    this.#state = "gone";
    this.#toWorker.cut();
    if (!this.#cutOff) this.#toHost.send({ type: "closed", end });
    else this.#end();
  }

  /** Neither side hears the other any more, but the worker goes on until it notices. */
  cut(): void {
    if (!this.isAlive || this.#cutOff) return;
    this.#toWorker.cut();
    this.#toHost.cut();
    this.#toHost.send({ type: "closed", end: { cut: true } });
    this.#cutOff = true;
    this.init.schedule(`${this.init.name} notices`, () => this.die({}));
  }

  say(message: WorkerMessage): void {
    if (this.isAlive && !this.#cutOff) this.#toHost.send(structuredClone(message));
  }

  /** The next of those that wait; it may have been taken back. */
  begin(): void {
    const message = this.#waiting.shift();
    if (message === undefined) return;
    if (message.place !== undefined && this.ledger?.claim(message.place) !== true) return this.#unbegun(message);
    this.running.push(message);
    this.init.began(message);
    if (message.announce) this.say({ type: "started", task: message.task, at: this.init.now() });
  }

  /** One that runs comes to its end. */
  finish(message: TaskMessage, spent: boolean): void {
    const ended = this.#code.run(message);
    this.#leave(message);
    if (spent && this.#state === "working") this.#state = "spent";
    if (spent) this.#waiting.length = 0;
    this.#outcome(message, ended, spent);
    this.#unblock();
    this.#endIfIdle();
  }

  /** An error that nobody caught. */
  fault(): void {
    const tasks = this.running.map(({ task }) => task);
    this.#state = "faulty";
    this.say({ type: "fault", during: "async", tasks, body: { root: new Error(uncaught) } });
    this.die({ exitCode: 1 });
  }

  /** Says again, or differently, what it has said. */
  repeat(what: "outcome" | "started"): void {
    const message = this.#done.at(-1);
    if (message === undefined) return;
    if (what === "started") this.say({ type: "started", task: message.task, at: 1 });
    else this.#outcome(message, { status: "value", body: { root: "late" }, chunk: undefined }, false);
  }

  #endIfIdle(): void {
    if (this.#state === "closing" && this.running.length === 0 && this.#waiting.length === 0) this.die({ exitCode: 0 });
  }

  #take(messages: readonly TaskMessage[]): void {
    if (this.#state !== "spent") this.#waiting.push(...messages);
  }

  #unblock(): void {
    this.isBlocked = false;
    for (const message of this.#unread.splice(0)) this.#hear(message);
  }

  #hear(message: HostMessage): void {
    if (this.#state === "faulty" || !this.isAlive) return;
    if (this.isBlocked) this.#unread.push(message);
    else this.#read(message);
  }

  #read(message: HostMessage): void {
    switch (message.type) {
      case "init":
        this.#code.learn(message.definitions);
        return this.#start();
      case "define":
        return this.#code.learn(message.definitions);
      case "task":
        return this.#take([message]);
      case "batch":
        return this.#take(message.tasks);
      case "cancel":
        return this.#cancel(message.task);
      case "ping":
        return this.say({ type: "pong" });
      case "close":
        this.#state = "closing";
        return this.#endIfIdle();
      case "forget":
      case "library":
      case "everywhere":
      case "environment":
        return;
    }
  }

  #start(): void {
    const { fate } = this.init;
    if (fate === "silent") return;
    if (fate === "dies") return this.die({ exitCode: 3, stderr: "no" });
    if (fate === "setupFails") this.say({ type: "fault", during: "setup", tasks: [], body: { root: new Error("setup") } });
    if (fate === "setupFails") return this.die({ exitCode: 1 });
    const protocol = fate === "stranger" ? -1 : protocolVersion;
    this.say({ type: "ready", protocol, node: "v20.0.0", pid: 1, thread: 0, host: "here" });
    if (fate === "stranger") this.die({ exitCode: 0 });
    else this.#state = "working";
  }

  /** Those that run take no notice, and may end by themselves. */
  #cancel(task: number): void {
    const index = this.#waiting.findIndex((message) => message.task === task);
    const [message] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (message !== undefined) this.#unbegun(message);
  }

  #unbegun(message: TaskMessage): void {
    this.#outcome(message, { status: "unbegun", body: { root: undefined }, chunk: undefined }, false);
  }

  #leave(message: TaskMessage): void {
    this.running.splice(this.running.indexOf(message), 1);
    this.#done.push(message);
  }

  #outcome({ task }: TaskMessage, { status, body, chunk }: Ended, spent: boolean): void {
    const now = this.init.now();
    const message: OutcomeMessage = {
      type: "outcome",
      task,
      status,
      body,
      definitions: [],
      output: [],
      started: now,
      finished: now,
      left: [],
      spent,
    };
    this.say(chunk === undefined ? message : { ...message, chunk });
  }

  #arrive(news: News): void {
    if (news.type !== "closed") return this.#listener?.message(news);
    this.#isDismissed = true;
    this.#listener?.closed(news.end);
    if (!this.isAlive) this.#end();
  }
}

/** For the scheduler's report. */
function describe(message: HostMessage | News): string {
  if (message.type === "batch") return `batch ${message.tasks.map(({ task }) => task).join()}`;
  if (message.type === "closed") return `closed ${JSON.stringify(message.end)}`;
  if (message.type === "outcome") return `outcome ${message.task} ${message.status}`;
  return "task" in message ? `${message.type} ${message.task}` : message.type;
}

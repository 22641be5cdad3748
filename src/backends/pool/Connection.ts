/**
 * One attempt at a worker: opens its channel, shakes hands, and hears its end. A worker that dies before
 * it is ready gets another connection; `superviseWorker.ts` decides that, by the two promises here.
 */

import type { FaultMessage, HostMessage, InitMessage, ReadyMessage, WorkerMessage } from "../../protocol/messages.ts";
import { protocolVersion } from "../../protocol/version.ts";
import type { Channel, ChannelEnd, ChannelListener } from "../../transport/Channel.ts";
import type { Ledger } from "../../transport/Ledger.ts";
import type { CrewSettings } from "./Crew.ts";
import { Deferred } from "./Deferred.ts";
import { decodeFault } from "./decodeFault.ts";
import type { WorkerSeat } from "./PoolDefinition.ts";
import { diedEarly, faultAtStart, notOpened, otherProtocol, type StartFailure } from "./StartFailure.ts";

/** What a worker says once it is ready, or on its way there. */
export type WorkMessage = Exclude<WorkerMessage, ReadyMessage>;

/** Who uses the worker at the other end. */
export interface ConnectionUser {
  ready(): void;
  message(message: WorkMessage): void;
  /** The worker is gone; called once, and only after `ready`. */
  lost(end: ChannelEnd): void;
}

export class Connection implements ChannelListener {
  readonly #started = new Deferred<StartFailure | undefined>();
  readonly #ended = new Deferred<void>();
  readonly #settings: CrewSettings;
  readonly #seat: WorkerSeat;
  readonly #user: ConnectionUser;
  readonly #opening: Promise<void>;
  #state: "starting" | "failing" | "ready" | "over" = "starting";
  #channel: Channel | undefined;
  #killed: Promise<void> | undefined;
  #held = true;

  constructor(settings: CrewSettings, seat: WorkerSeat, init: InitMessage, user: ConnectionUser) {
    this.#settings = settings;
    this.#seat = seat;
    this.#user = user;
    this.#opening = this.#open(init);
  }

  /** Resolves with why the worker could not be started, or with nothing when it is ready or was killed. */
  get started(): Promise<StartFailure | undefined> {
    return this.#started.promise;
  }

  /** Resolves when the worker is gone. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get ledger(): Ledger | undefined {
    return this.#channel?.ledger;
  }

  get watched(): boolean {
    return this.#channel?.watched === true;
  }

  send(message: HostMessage): void {
    this.#channel?.send(message);
  }

  /** Whether the worker keeps this process alive. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    if (held) this.#channel?.ref();
    else this.#channel?.unref();
  }

  /** End the worker now; resolves when it is gone, which this process waits for. Its user hears nothing more. */
  kill(): Promise<void> {
    this.#killed ??= this.#kill();
    return this.#killed;
  }

  async #kill(): Promise<void> {
    this.#state = "over";
    this.hold(true);
    this.#started.resolve(undefined);
    if (this.#channel === undefined) await this.#opened();
    await this.#channel?.kill();
    this.#ended.resolve();
  }

  /** Resolves when it is open, or will never be: nobody waits longer for that at its end than at its start. What opens later is ended then. */
  async #opened(): Promise<void> {
    const { clock, options } = this.#settings;
    const late = new Deferred<void>();
    const timer = clock.after(options.connectTimeout, () => {
      void this.#opening.then(() => this.#channel?.kill());
      late.resolve();
    });
    await Promise.race([this.#opening, late.promise]);
    timer.cancel();
  }

  /** Time is up: a worker that is not ready by now never will be. */
  expire(failure: StartFailure): void {
    if (this.#state === "starting" || this.#state === "failing") this.#fail(failure);
  }

  message(message: WorkerMessage): void {
    if (this.#state === "over") return;
    if (message.type === "ready") this.#shake(message);
    else if (message.type === "fault" && message.during !== "async") this.#fault(message.during, message);
    else this.#user.message(message);
  }

  closed(end: ChannelEnd): void {
    const state = this.#state;
    if (state === "starting") this.#fail(diedEarly(this.#seat.name, end));
    if (state === "ready") {
      this.#state = "over";
      this.#user.lost(end);
    }
    this.#ended.resolve();
  }

  /** Runs without a pause wherever the backend makes its channel without one: the first worker must not wait. */
  async #open(init: InitMessage): Promise<void> {
    try {
      const opened = this.#settings.definition.open(this.#seat);
      const channel = opened instanceof Promise ? await opened : opened;
      this.#channel = channel;
      channel.listen(this);
      if (!this.#held) channel.unref();
      channel.send(init);
    } catch (error) {
      this.#fail(notOpened(this.#seat.name, error));
    }
  }

  #shake(message: ReadyMessage): void {
    if (this.#state !== "starting") return;
    if (message.protocol !== protocolVersion) return this.#fail(otherProtocol(this.#seat.name, message.protocol));
    this.#state = "ready";
    this.#started.resolve(undefined);
    this.#user.ready();
  }

  #fault(during: "init" | "setup", message: FaultMessage): void {
    if (this.#state !== "starting") return;
    this.#state = "failing";
    void decodeFault(this.#settings.context, message.body).then((cause) => this.#fail(faultAtStart(this.#seat.name, during, cause)));
  }

  #fail(failure: StartFailure): void {
    this.#state = "over";
    this.#started.resolve(failure);
  }
}

/**
 * Keeps one worker in the state of home: tells it, before its next futures, what home's environment has become, and the functions of `everywhere()`
 * that it has not run. Where nothing has happened this is two comparisons.
 */

import type { Definition, Encoded, Payload } from "../../codec/Encoded.ts";
import { payloadOf } from "../../core/everywhereCalls.ts";
import type { HostMessage } from "../../protocol/messages.ts";
import { currentSession } from "../../session/currentSession.ts";
import type { EverywhereCall, Session } from "../../session/Session.ts";
import { asCopy, asMemory, carryBlocks } from "./carryBlocks.ts";
import { modulesOf } from "./parts.ts";
import type { PoolDefinition, WorkerSeat } from "./PoolDefinition.ts";
import { lookAtEnvironment } from "./watchEnvironment.ts";

export interface StateUser {
  readonly definition: PoolDefinition;
  readonly seat: WorkerSeat;
  /** Sends what the worker lacks of these. */
  define(definitions: readonly Definition[]): void;
  send(message: HostMessage): void;
}

export class StateSender {
  readonly #user: StateUser;
  readonly #session: Session = currentSession();
  /** Of home's writes, how many it was started with or told. */
  #told = 0;
  /** How many functions it was sent. */
  #sent = 0;

  constructor(user: StateUser) {
    this.#user = user;
  }

  /** A new worker is about to be started, with the environment of now. */
  start(): void {
    lookAtEnvironment();
    this.#told = this.#session.environment.version;
    this.#sent = 0;
  }

  /** Throws when a function cannot be sent. */
  update(): void {
    const { environment, everywhere } = this.#session;
    lookAtEnvironment();
    if (this.#told !== environment.version) this.#tell(this.#told);
    if (this.#sent < everywhere.length) for (const call of everywhere.slice(this.#sent)) this.#run(call);
    this.#told = environment.version;
  }

  #run(call: EverywhereCall): void {
    const { definition, define, send } = this.#user;
    const payload = payloadOf(call);
    define(payload.needs);
    send({ type: "everywhere", body: carried(payload, definition), modules: modulesOf(payload, definition) });
    this.#sent += 1;
    // What was written at home since holds against what the function writes there.
    this.#tell(call.version);
  }

  #tell(since: number): void {
    const { definition, seat, send } = this.#user;
    const names = this.#session.environment.since(since);
    const now = names.length === 0 ? undefined : definition.environment?.(seat);
    if (now !== undefined) send({ type: "environment", variables: names.map((name) => [name, now[name]]) });
  }
}

/** Its blocks go with it: unlike those of tasks they are wanted once. */
function carried(payload: Payload, { capabilities }: PoolDefinition): Encoded {
  return carryBlocks(payload.body, payload, capabilities.sharedMemory ? asMemory : asCopy);
}

/** Runs what a task's message says, with the codec that workers use: home's functions are rebuilt, and nothing else of home is seen. */

import type { Definition } from "../../src/codec/Encoded.ts";
import { resultEncoder } from "../../src/codec/encode/resultEncoder.ts";
import { Linker, type Result } from "../../src/codec/Linker.ts";
import type { OutcomeMessage, TaskMessage } from "../../src/protocol/messages.ts";
import { runChunk } from "../../src/worker/chunkRunner.ts";
import { RunningTask, type TaskSurroundings } from "../../src/worker/RunningTask.ts";
import "../../src/worker/maps/runChunk.ts";

export type Ended = Pick<OutcomeMessage, "status" | "body"> & { readonly chunk: OutcomeMessage["chunk"] };

// Chunks without output, progress and time limits touch nothing of these.
const nowhere = {} as TaskSurroundings;

export class TaskCode {
  readonly #linker = new Linker({
    results: () => resultEncoder,
    importLibrary: () => Promise.reject(new Error("nothing here uses the library")),
  });

  learn(definitions: readonly Definition[]): void {
    this.#linker.define(definitions);
  }

  run(message: TaskMessage): Ended {
    try {
      return message.map === undefined ? this.#call(message) : this.#chunk(message, message.map);
    } catch (error) {
      return { status: "error", body: this.#encode(error), chunk: undefined };
    }
  }

  #call({ body, dependencies }: TaskMessage): Ended {
    const values = dependencies.map((one) => this.#linker.decode(one));
    const [fn, ...args] = this.#linker.decode(body, values) as [(...args: unknown[]) => unknown, ...unknown[]];
    return { status: "value", body: this.#encode(fn(...args)), chunk: undefined };
  }

  #chunk(message: TaskMessage, map: NonNullable<TaskMessage["map"]>): Ended {
    const { body } = message;
    const end = runChunk({ map, body, task: new RunningTask(message, nowhere), now: () => 1, decode: () => this.#linker.decode(body) });
    if (end instanceof Promise) throw new Error("no element gives a promise");
    const { status, value, encoded, failed, written } = end;
    return { status, body: encoded?.body ?? this.#encode(value), chunk: { failed, written } };
  }

  #encode(value: unknown): Result["body"] {
    const result = this.#linker.encode(value);
    if (result instanceof Promise) throw new Error("nothing here gives functions");
    return result.body;
  }
}

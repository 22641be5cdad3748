/**
 * Parts of the worker's program that only some futures need: the worker imports them before the future runs. Where it sees the files of this machine they are
 * named by their URLs; elsewhere their text is the URL, and is sent until the worker is known to have it.
 */

import type { Payload } from "../../codec/Encoded.ts";
import type { Task } from "../../core/Backend.ts";
import { chunksUrl, randomUrl, shippedChunks, shippedStreams } from "../../platform/workerProgram.ts";
import { packageChecks, shippedPackages } from "./packages.ts";
import type { PoolDefinition } from "./PoolDefinition.ts";

const none: readonly string[] = [];

type PartsDefinition = Pick<PoolDefinition, "capabilities" | "shipsPackages" | "shipsEffects">;

/** The URLs for one task. What stands in one file is a text anyway where this process has no files of the library. */
export function partsOf({ map, seed, payload, modules }: Task, definition: PartsDefinition): readonly string[] {
  const { remote } = definition.capabilities;
  const isSeeded = typeof seed === "object";
  if (map === undefined && !isSeeded && !remote) return none;
  return [
    ...modulesOf(payload, definition, modules),
    ...(map === undefined ? none : [remote ? shippedChunks() : chunksUrl().href]),
    ...(!isSeeded ? none : [remote ? shippedStreams() : randomUrl().href]),
  ];
}

/** The URLs for what is no task: packages elsewhere, or the check that they are there. */
export function modulesOf(
  payload: Payload,
  { capabilities: { remote }, shipsPackages = false, shipsEffects = true }: PartsDefinition,
  modules: readonly string[] = none,
): readonly string[] {
  if (!remote) return none;
  return shipsPackages ? shippedPackages(payload, modules, shipsEffects) : packageChecks(payload);
}

/** The parts that one worker has. */
export class Parts {
  readonly #definition: PartsDefinition;
  readonly #loaded = new Set<string>();

  constructor(definition: PartsDefinition) {
    this.#definition = definition;
  }

  /** Those to send with a task, and the modules that are to be imported for it. */
  modules(task: Task): readonly string[] {
    const modules = this.#definition.shipsPackages === true ? task.modules.filter((url) => !url.startsWith("file:")) : task.modules;
    const parts = partsOf(task, this.#definition);
    if (parts.length === 0) return modules;
    return [...(this.#loaded.size === 0 ? parts : parts.filter((part) => !this.#loaded.has(part))), ...modules];
  }

  /** The worker has run a task. */
  ran(task: Task): void {
    for (const part of partsOf(task, this.#definition)) this.#loaded.add(part);
  }
}

/** What all workers of a pool have in common. */

import type { BackendContext } from "../../core/Backend.ts";
import type { Clock } from "../../platform/clock.ts";
import { usableMemory } from "../../platform/usableMemory.ts";
import type { CrewSettings } from "./Crew.ts";
import { initMessage } from "./initMessage.ts";
import type { PoolSize } from "./poolSize.ts";
import type { PoolDefinition } from "./PoolDefinition.ts";

/** Of this machine's memory, what all workers together keep. */
const keptShare = 1 / 4;

export function crewSettings(
  context: BackendContext,
  definition: PoolDefinition,
  { cores, workers }: PoolSize,
  clock: Clock,
): CrewSettings {
  const { options } = context.spec;
  const { capabilities, loaders = [] } = definition;
  // On this machine a dead worker closes its channel, and a busy one could not answer: nothing to ask for.
  const heartbeat = capabilities.remote ? options.heartbeat : 0;
  return {
    definition,
    context,
    options,
    clock,
    heartbeat,
    keep: Math.floor((usableMemory() * keptShare) / workers),
    init: ({ name, number }) =>
      initMessage(context, capabilities, {
        worker: name,
        cores,
        // It ends with this process anyhow, and must not when this one is only blocked, stopped, or held by a debugger.
        heartbeat: definition.isHere?.(number) === true ? 0 : heartbeat,
        loaders,
      }),
  };
}

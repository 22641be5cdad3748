/** What all workers of a pool have in common, and the first message to each of them. */

import type { BackendContext } from "../../core/Backend.ts";
import type { Clock } from "../../platform/clock.ts";
import { libraryUrl } from "../../platform/workerProgram.ts";
import type { InitMessage } from "../../protocol/messages.ts";
import { protocolVersion } from "../../protocol/version.ts";
import type { CrewSettings } from "./Crew.ts";
import type { PoolDefinition } from "./PoolDefinition.ts";

export function crewSettings(context: BackendContext, definition: PoolDefinition, given: { cores: number; clock: Clock }): CrewSettings {
  const { cores, clock } = given;
  const { options } = context.spec;
  // On this machine a dead worker closes its channel, and a busy one could not answer: nothing to ask for.
  const heartbeat = definition.capabilities.remote ? options.heartbeat : 0;
  const init = (worker: string): InitMessage => initMessage(context, definition, { worker, cores, heartbeat });
  return { definition, context, options, clock, heartbeat, init };
}

function initMessage(context: BackendContext, definition: PoolDefinition, own: { worker: string; cores: number; heartbeat: number }): InitMessage {
  const { session, strata, setup, spec } = context;
  return {
    ...own,
    type: "init",
    protocol: protocolVersion,
    session,
    library: definition.capabilities.remote ? undefined : libraryUrl().href,
    strata: strata.body,
    setup: setup.body,
    definitions: [...strata.needs, ...setup.needs],
    concurrency: spec.options.concurrency,
    loaders: definition.loaders ?? [],
    cwd: definition.capabilities.chdir ? spec.options.cwd : undefined,
    colors: hasColors(),
    columns: process.stdout.columns,
    outputLimit: spec.options.maxOutput,
    maxMemory: spec.options.maxMemory,
  };
}

/** As Node's own `console` decides it. */
function hasColors(): boolean {
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return process.stdout.isTTY === true && process.stdout.getColorDepth() > 2;
}

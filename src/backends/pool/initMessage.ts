/** The first message to a worker. */

import { asCopy, asMemory, carryBlocks } from "./carryBlocks.ts";
import type { BackendContext } from "../../core/Backend.ts";
import { libraryUrl, resultsPath } from "../../platform/workerProgram.ts";
import type { Capabilities } from "../../plans/Capabilities.ts";
import type { InitMessage } from "../../protocol/messages.ts";
import { forcedLevel, levelOfDepth } from "../../worker/colorLevel.ts";
import { protocolVersion } from "../../protocol/version.ts";

/** What is not the same for all backends. */
export type InitOwn = Pick<InitMessage, "worker" | "cores" | "heartbeat" | "loaders">;

export function initMessage(context: BackendContext, capabilities: Capabilities, own: InitOwn): InitMessage {
  const { session, strata, setup, spec } = context;
  const carrier = capabilities.sharedMemory ? asMemory : asCopy;
  return {
    ...own,
    type: "init",
    protocol: protocolVersion,
    session,
    results: resultsPath(),
    library: capabilities.remote ? undefined : libraryUrl().href,
    strata: carryBlocks(strata.body, strata, carrier),
    setup: carryBlocks(setup.body, setup, carrier),
    definitions: [...strata.needs, ...setup.needs],
    concurrency: spec.options.concurrency,
    cwd: capabilities.chdir ? spec.options.cwd : undefined,
    sideEffectImports: spec.options.sideEffectImports,
    colors: colorsHere(),
    columns: process.stdout.columns,
    outputLimit: spec.options.maxOutput,
    maxMemory: spec.options.maxMemory,
  };
}

/** As Node's own `console` decides it. */
function colorsHere(): number {
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forcedLevel(forced);
  return process.stdout.isTTY === true ? levelOfDepth(process.stdout.getColorDepth()) : 0;
}

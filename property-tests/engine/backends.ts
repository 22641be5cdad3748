/** The backends of the model: pools in this process, whose workers the world of the present run opens. */

import type { Backend, BackendContext } from "../../src/core/Backend.ts";
import type { Capabilities } from "../../src/plans/Capabilities.ts";
import type { PlanSpec } from "../../src/plans/PlanSpec.ts";
import { registerBackend, type SpecFactory } from "../../src/plans/registerBackend.ts";
import { capabilities } from "../../test/unit/core/memoryBackend.ts";
import type { Kind } from "./Setting.ts";

/** Tells plans apart that are otherwise alike. */
export const planVariable = "PLAN_OF_THE_MODEL";

export interface PoolOpener {
  openPool(context: BackendContext): Backend;
}

let opener: PoolOpener | undefined;

/** From now on pools are opened by this one. */
export function setOpener(next: PoolOpener): void {
  opener = next;
}

function register(name: string, remote: boolean): SpecFactory {
  const open = (context: BackendContext): Backend => {
    if (opener === undefined) throw new Error("no world");
    return opener.openPool(context);
  };
  return registerBackend(name, { capabilities: capabilitiesFor(remote), load: () => Promise.resolve({ open }) });
}

/** Memory is shared even with those elsewhere: to name bytes takes a module that comes in its own time. */
function capabilitiesFor(remote: boolean): Capabilities {
  return { ...capabilities, sharedMemory: true, remote };
}

const near = register("modelNear", false);
const far = register("modelFar", true);

export function nameOf({ remote }: Kind): string {
  return remote ? "modelFar" : "modelNear";
}

export function capabilitiesOf({ remote }: Kind): Capabilities {
  return capabilitiesFor(remote);
}

export function specOf({ remote, workers, concurrency, maxFutures, idleTimeout }: Kind, number: number): PlanSpec {
  const env = { [planVariable]: String(number) };
  return (remote ? far : near)({
    workers,
    concurrency,
    maxFutures,
    idleTimeout,
    env,
    heartbeat: 100,
    connectTimeout: 500,
    oversubscribe: true,
  });
}

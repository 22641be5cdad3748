/** Loads the module of a backend, opens it for a plan, and sees to it that no worker outlives the process. */

import { decodeAtHome } from "../globals/snapshot.ts";
import { LaunchError } from "../errors/errors.ts";
import { noBackendText, noSerializerText } from "../errors/words.ts";
import type { Plan } from "../plans/parsePlan.ts";
import { backendEntry } from "../plans/registry.ts";
import { requireBundle } from "../platform/requireBundle.ts";
import { currentSession } from "../session/currentSession.ts";
import { keep } from "../session/keep.ts";
import type { Backend, BackendContext, BackendModule } from "./Backend.ts";
import { defaultWorkers, withWorkers } from "./defaultWorkers.ts";
import { engine } from "./engine.ts";
import type { FrozenPlan } from "./freezePlan.ts";
import type { OpenPlan } from "./OpenPlan.ts";

/** Rejects when the module cannot be loaded, or when `setup` cannot travel. */
export async function openBackend(strata: Plan, frozen: () => FrozenPlan): Promise<Backend> {
  const { backend } = strata[0];
  if (isMissing(backend)) throw new Error(noSerializerText(process.versions["bun"]));
  return open(strata, frozen, await backendEntry(backend).load());
}

/** The same at once, so that workers start while the first future is captured; `undefined` where that cannot be. */
export function openBackendNow(strata: Plan, frozen: () => FrozenPlan): Backend | undefined {
  const { backend } = strata[0];
  const { built } = backendEntry(backend);
  const loaded = built === undefined || isMissing(backend) ? undefined : requireBundle(built);
  return loaded === undefined ? undefined : open(strata, frozen, loaded);
}

function open([first]: Plan, frozen: () => FrozenPlan, loaded: unknown): Backend {
  if (!isBackendModule(loaded)) throw new LaunchError(noBackendText(first.backend));
  const spec = withWorkers(first);
  const { options } = spec;
  const { parallel } = backendEntry(spec.backend).capabilities;
  const context: BackendContext = {
    spec: { ...spec, options: { ...options, workers: parallel ? defaultWorkers(spec) : options.workers } },
    ...frozen(),
    session: currentSession().id,
    decode: decodeAtHome,
  };
  return keep(() => loaded.open(context));
}

/** Bun has no serializers of V8's, whose bytes are the messages between processes; modules that import them do not even load there. */
function isMissing(backend: string): boolean {
  return process.versions["bun"] !== undefined && backendEntry(backend).capabilities.processes;
}

/** User-made backends come from anywhere. */
function isBackendModule(loaded: unknown): loaded is BackendModule {
  return typeof loaded === "object" && loaded !== null && "open" in loaded && typeof loaded.open === "function";
}

/** Remembers a plan whose workers have to be ended with the process: those blocked in a loop would not notice its end. */
export function planOpened(plan: OpenPlan): void {
  const { open } = engine();
  if (open.size === 0) process.on("exit", closeAtExit);
  open.add(plan);
}

/** It has no workers any more. */
export function planClosed(plan: OpenPlan): void {
  const { open } = engine();
  open.delete(plan);
  if (open.size === 0) process.off("exit", closeAtExit);
}

function closeAtExit(): void {
  for (const plan of engine().open) plan.close("now").catch(() => undefined); // nobody is left to hear of it
}

/** Ends all workers; what runs is interrupted, what waits is canceled. */
export async function closeEverything(how: "interrupt" | "now"): Promise<void> {
  await Promise.all([...engine().open].map((plan) => plan.close(how)));
}

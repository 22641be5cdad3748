/** A function of `everywhere()` in a worker: it runs as home's did, and is kept as it came, for the workers below this one. */

import type { Linker } from "../codec/Linker.ts";
import type { EverywhereMessage } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import { importAll } from "./importAll.ts";
import type { WorkerHost } from "./WorkerHost.ts";

/** Rejects with what it throws. */
export async function runEverywhere(linker: Linker, host: WorkerHost, { body, modules }: EverywhereMessage): Promise<void> {
  const { environment, everywhere } = currentSession();
  const frozen = structuredClone(body); // decoding writes into what it decodes
  await importAll(linker, host, modules, [body]);
  const fn = linker.decode(body);
  if (typeof fn === "function") await fn();
  everywhere.push({ payload: undefined, copy: () => linker.decode(structuredClone(frozen)), version: environment.version });
}

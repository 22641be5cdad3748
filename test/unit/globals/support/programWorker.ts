/** The other side of `programHost.ts`: a linker in a worker thread, as the worker's program has it. */

import { parentPort } from "node:worker_threads";
import type { Definition, Encoded } from "../../../../src/codec/Encoded.ts";
import { resultEncoder } from "../../../../src/codec/encode/resultEncoder.ts";
import { Linker } from "../../../../src/codec/Linker.ts";

const library = new URL("./library.mjs", import.meta.url).href;
const linker = new Linker({ results: () => resultEncoder, importLibrary: () => import(library) as Promise<Record<string, unknown>> });

interface Message {
  readonly body: Encoded;
  readonly dependencies: readonly Encoded[];
  readonly definitions: readonly Definition[];
  readonly modules: readonly string[];
}

async function run({ body, dependencies, definitions, modules }: Message): Promise<unknown> {
  linker.define(definitions);
  for (const url of modules) await import(url);
  await linker.imports(body, ...dependencies);
  const [fn, ...args] = linker.decode(
    body,
    dependencies.map((one) => linker.decode(one)),
  ) as [(...args: unknown[]) => unknown, ...unknown[]];
  return fn(...args);
}

async function answer(message: Message): Promise<object> {
  try {
    return { ...(await linker.encode(await run(message))), failed: false };
  } catch (error) {
    return { ...(await linker.encode(error)), failed: true };
  }
}

parentPort?.on("message", (message: Message) => {
  void answer(message).then((reply) => parentPort?.postMessage(reply));
});

/** Sends a function the way a thread would get it, runs it there, and brings the result home. */

import { resultEncoder } from "../../../src/codec/encode/resultEncoder.ts";
import { Linker } from "../../../src/codec/Linker.ts";
import { decodeAtHome, snapshot } from "../../../src/globals/snapshot.ts";

const request = { globals: true, maxGlobalsSize: 1e9, label: undefined } as const;

export async function roundTrip<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  args: A,
  globals: boolean | Record<string, unknown> = true,
): Promise<Awaited<R>> {
  const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.resolve({}) });
  const { payload } = snapshot(fn, args, { ...request, globals });
  const { body, needs } = structuredClone({ body: payload.body, needs: payload.needs });
  linker.define(needs);
  await linker.imports(body);
  const [there, ...given] = linker.decode(body) as [(...args: unknown[]) => unknown, ...unknown[]];
  const result = await linker.encode(await there(...given));
  const home = structuredClone({ body: result.body, definitions: result.definitions });
  return (await decodeAtHome(home.body, home.definitions)) as Awaited<R>;
}

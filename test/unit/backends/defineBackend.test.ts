/** A backend of a user's own, made with what `futureplan/backend` exports. */

import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { defineBackend, processChannel, workerProgram } from "../../../src/backend.ts";
import type { BackendModule } from "../../../src/core/Backend.ts";
import { backendEntry } from "../../../src/plans/registry.ts";
import { contextOf, run } from "./support/realTask.ts";

const capabilities = { parallel: true, remote: false, sharedMemory: false, interrupts: true, chdir: true, isolated: true, processes: true };
const level = { expected: "a whole number", accepts: (value: unknown): value is number => Number.isInteger(value) };

const polite = defineBackend({
  name: "polite",
  capabilities,
  readExtra: (read) => ({ level: read.read("level", level, 10) }),
  open: ({ options }) =>
    processChannel({
      command: "nice",
      args: ["-n", String(options.extra["level"]), process.execPath, fileURLToPath(workerProgram())],
      env: { ...process.env, ...options.env },
    }),
});

it("runs futures on workers that the user starts, with the user's own options", async () => {
  const spec = polite({ workers: 1, level: 7 });
  const { open } = asModule(await backendEntry("polite").load());
  const backend = open({ ...contextOf("polite"), spec });
  const priority = async (): Promise<number> => (await import("node:os")).getPriority();
  expect(await run(backend, priority)).toMatchObject({ type: "value", value: expect.any(Number) });
  expect(spec.options.extra).toEqual({ level: 7 });
  await backend.close("now");
});

it("refuses futures when the command does not exist, and says so", async () => {
  const absent = defineBackend({
    name: "absent",
    capabilities,
    open: () => processChannel({ command: "/no/such/command", args: [], env: {} }),
  });
  const { open } = asModule(await backendEntry("absent").load());
  const backend = open({ ...contextOf("absent"), spec: absent({ workers: 1 }) });
  expect(await run(backend, () => 1)).toMatchObject({
    type: "refused",
    error: { name: "LaunchError", message: expect.stringContaining("ENOENT") },
  });
  await backend.close("now");
});

it("refuses options that nobody reads", () => {
  expect(() => polite({ levle: 7 })).toThrow(/levle/);
});

it("refuses a name that is taken", () => {
  expect(() =>
    defineBackend({
      name: "multicore",
      capabilities,
      open: () => {
        throw new Error("unused");
      },
    }),
  ).toThrow(/multicore/);
});

function asModule(loaded: unknown): BackendModule {
  if (typeof loaded === "object" && loaded !== null && "open" in loaded && typeof loaded.open === "function") {
    const { open } = loaded;
    return { open: (context) => open(context) };
  }
  throw new Error("no backend module");
}

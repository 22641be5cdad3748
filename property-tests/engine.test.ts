/**
 * The whole engine against its model: whatever users, workers, plans and the clock do, and in whatever order their messages arrive, the
 * laws of `engine/laws.ts` hold. `FUTUREPLAN_FUZZ_RUNS=100000` looks longer.
 */

import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { plan } from "../src/api/plan.ts";
import { engine } from "../src/core/engine.ts";
import type { Command, Model } from "./engine/Act.ts";
import { setOpener } from "./engine/backends.ts";
import { finish } from "./engine/finish.ts";
import { futureCommands, submissions } from "./engine/futureCommands.ts";
import { everyLawHolds } from "./engine/laws.ts";
import { turn } from "./engine/look.ts";
import { planCommands } from "./engine/planCommands.ts";
import { questions } from "./engine/questionCommands.ts";
import { settings, type Setting } from "./engine/Setting.ts";
import { moves, workerCommands } from "./engine/workerCommands.ts";
import { World } from "./engine/World.ts";
import "./seed.ts";

const numRuns = Number(process.env["FUTUREPLAN_FUZZ_RUNS"] ?? 700);

/** Some come more often than others: without work there is nothing to lose. */
const commands = fc.commands(
  [
    ...Array.from({ length: 5 }, () => submissions),
    ...Array.from({ length: 12 }, () => moves),
    ...Array.from({ length: 2 }, () => questions),
    ...futureCommands,
    ...workerCommands,
    ...workerCommands,
    ...planCommands,
  ],
  { maxCommands: 60, size: "max" },
);

/** Effect's fibres go on in the event loop's next turn. */
const scheduler = fc.scheduler({
  act: async (step) => {
    await step();
    await turn();
  },
});

function listeners(): number {
  return process.listenerCount("exit") + process.listenerCount("beforeExit");
}

/** A run that failed may have left plans open. */
function forget(): void {
  const state = engine();
  state.base = undefined;
  state.open.clear();
}

/** Plays the commands to their end. */
async function played(setting: Setting, steps: fc.Scheduler, all: Iterable<Command>): Promise<World> {
  forget();
  const world = new World(setting, steps);
  setOpener(world);
  plan(world.base.spec);
  const model: Model = { futures: 0, scopes: 0 };
  await fc.scheduledModelRun(steps, () => ({ model, real: world }), all);
  await finish(world);
  await new Promise((turn) => setImmediate(turn)); // plans that nobody waits for end, too
  return world;
}

test("whatever happens, in whatever order, the laws of the engine hold", { timeout: 3_600_000 }, async () => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => undefined); // about workers that fail
  const law = async (setting: Setting, steps: fc.Scheduler, all: Iterable<Command>): Promise<void> => {
    const before = listeners();
    everyLawHolds(await played(setting, steps, all));
    expect(listeners(), "law nothingIsLeft: listeners of the process").toBeLessThanOrEqual(before);
  };
  await fc.assert(fc.asyncProperty(settings, scheduler, commands, law), { numRuns });
});

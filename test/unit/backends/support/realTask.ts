/** Tasks made of real functions, whose last event can be awaited, and contexts to open real backends with. */

import type { Backend, BackendContext, Loss, Task } from "../../../../src/core/Backend.ts";
import { decodeAtHome, snapshot, snapshotValue } from "../../../../src/globals/snapshot.ts";
import type { PlanOptionsInput } from "../../../../src/plans/parseOptions.ts";
import { makeSpec } from "../../../../src/plans/makeSpec.ts";
import type { OutputEntry, OutputMode } from "../../../../src/protocol/messages.ts";
import { currentSession } from "../../../../src/session/currentSession.ts";

export type Ending =
  | { readonly type: "value" | "error"; readonly value: unknown; readonly output: readonly OutputEntry[] }
  | { readonly type: "lost"; readonly loss: Loss }
  | { readonly type: "stopped"; readonly reason: string; readonly started: boolean }
  | { readonly type: "refused"; readonly error: Error };

export interface RealTask extends Task {
  readonly ending: Promise<Ending>;
  /** Resolves when the future reports progress. */
  readonly reported: Promise<number>;
}

export function contextOf(backend: string, options: PlanOptionsInput = {}): BackendContext {
  const spec = makeSpec(backend, options);
  return {
    spec,
    strata: snapshotValue([], "plan"),
    setup: snapshotValue(spec.options.setup, "setup"),
    session: currentSession().id,
    decode: decodeAtHome,
  };
}

export function realTask(
  fn: (...args: never[]) => unknown,
  more: { args?: readonly unknown[]; timeout?: number; output?: OutputMode } = {},
): RealTask {
  const session = currentSession();
  session.count += 1;
  const { args = [], timeout, output = "relay" } = more;
  let end: (ending: Ending) => void = () => undefined;
  let report: (fraction: number) => void = () => undefined;
  const ending = new Promise<Ending>((resolve) => (end = resolve));
  const reported = new Promise<number>((resolve) => (report = resolve));
  return {
    id: session.count,
    future: `f${session.count}`,
    label: undefined,
    index: undefined,
    attempt: 1,
    payload: snapshot(fn, args, { globals: true, maxGlobalsSize: Infinity, label: undefined }).payload,
    dependencies: [],
    output,
    modules: [],
    seed: undefined,
    timeout,
    ending,
    reported,
    events: {
      sent() {},
      started() {},
      output() {},
      progress: (fraction) => report(fraction),
      outcome({ status, body, definitions, output: printed }) {
        const value = Promise.resolve(decodeAtHome(body, definitions));
        if (status === "unbegun") throw new Error("the pool keeps these to itself");
        void value.then((decoded) => end({ type: status, value: decoded, output: printed }));
      },
      lost: (loss) => end({ type: "lost", loss }),
      stopped: (reason, started) => end({ type: "stopped", reason, started }),
      refused: (error) => end({ type: "refused", error }),
    },
  };
}

/** Submits a function and gives its end. */
export function run(backend: Backend, fn: (...args: never[]) => unknown, more: Parameters<typeof realTask>[1] = {}): Promise<Ending> {
  const task = realTask(fn, more);
  backend.submit(task);
  return task.ending;
}

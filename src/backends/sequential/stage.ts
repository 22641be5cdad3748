/**
 * The futures that run in this very thread, whichever plan they belong to: who is running here, and where its output
 * goes. Plans opened later are asked first, since futures inside futures have plans of their own.
 */

import { currentSession } from "../../session/currentSession.ts";
import type { Runner } from "../../worker/Runner.ts";
import { OutputSwitch } from "./OutputSwitch.ts";

const runners: Runner[] = [];
const output = new OutputSwitch(() => innermost()?.output());
let announced = false;

/** Ask this runner, too. */
export function enterStage(runner: Runner): void {
  runners.push(runner);
  if (announced) return;
  announced = true;
  const session = currentSession();
  const outside = session.current;
  session.current = () => innermost()?.here() ?? outside();
  const heard = session.drew;
  session.drew = (above) => {
    const inner = innermost();
    if (inner === undefined) heard(above);
    else inner.drew(above);
  };
  const outer = session.stream;
  session.stream = () => {
    const inner = innermost();
    return inner === undefined ? outer() : inner.stream();
  };
}

export function leaveStage(runner: Runner): void {
  const index = runners.indexOf(runner);
  if (index >= 0) runners.splice(index, 1);
}

/** A future begins. */
export function beginTurn(): void {
  output.enter();
}

/** A future has ended. */
export function endTurn(): void {
  output.leave();
}

function innermost(): Runner | undefined {
  return runners.findLast((runner) => runner.here() !== undefined);
}

/** Makes a future: freezes what its function uses, binds it to the current plan, and launches it unless it is lazy. */

import { snapshot } from "../globals/snapshot.ts";
import { currentSession } from "../session/currentSession.ts";
import { fileOf, placeOf, type CallSite } from "../platform/callSite.ts";
import { resolveModule } from "../platform/resolveModule.ts";
import { FutureError } from "../errors/FutureError.ts";
import { callSiteOf } from "./callSites.ts";
import { FutureCell, type Capture } from "./FutureCell.ts";
import type { FutureSettings } from "./FutureOptions.ts";
import { launch } from "./launch.ts";
import { warnOfPackageState } from "./packageState.ts";
import { currentPlan } from "./planStack.ts";
import { withOpenSeed } from "./seeds.ts";
import { finishOwnError } from "./trace.ts";

export interface NewFuture {
  readonly fn: Function;
  readonly args: readonly unknown[];
  readonly settings: FutureSettings;
  /** The public function that the user called: the frame below it is where the future was made. */
  readonly above: Function;
}

/** Never throws for what the function captures: that rejects the future. */
export function createFuture({ fn, args, settings: given, above }: NewFuture): FutureCell {
  const settings = withOpenSeed(given, "future()", 1);
  const session = currentSession();
  const plan = currentPlan();
  const site = callSiteOf(fn, above);
  if (!settings.lazy) plan.expect();
  session.futures += 1;
  const modules = settings.modules.length === 0 ? settings.modules : resolveModules(settings.modules, site);
  const cell = new FutureCell({
    number: session.futures,
    settings,
    modules,
    plan,
    site,
    capture: capture(fn, args, settings, modules),
  });
  if (cell.capture._tag === "refused" && cell.capture.error instanceof FutureError) finishOwnError(cell.capture.error, cell);
  if (cell.capture._tag === "captured") warnOfPackageState(cell.capture.configured, plan);
  if (!settings.lazy || cell.capture._tag === "refused") launch(cell);
  return cell;
}

function capture(
  fn: Function,
  args: readonly unknown[],
  { globals, maxGlobalsSize, label }: FutureSettings,
  modules: readonly string[],
): Capture {
  try {
    return snapshot(fn, args, { globals, maxGlobalsSize, label, modules });
  } catch (error) {
    return { _tag: "refused", error };
  }
}

/** Relative to the calling file. */
export function resolveModules(modules: readonly string[], site: CallSite): readonly string[] {
  const place = placeOf(site);
  const from = place === undefined ? undefined : fileOf(place);
  return modules.map((module) => resolveModule(module, from));
}

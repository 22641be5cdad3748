/** All cases, area by area. A new area is one line here. */

import type { Case } from "./Case.ts";
import { resetting, retrying } from "./cases/again.ts";
import { classesMadeThere } from "./cases/classes.ts";
import { containerErrors, containers, folding } from "./cases/containers.ts";
import { environment } from "./cases/environment.ts";
import { everywhere } from "./cases/everywhere.ts";
import { canceling, signaling, timing } from "./cases/control.ts";
import { errorKinds } from "./cases/errors.ts";
import { evaluatedNames } from "./cases/evaluated.ts";
import { captureManners } from "./cases/captureManners.ts";
import { globalsOption, limits } from "./cases/globals.ts";
import { asking, completion, laziness, outcomes } from "./cases/laziness.ts";
import { isolation } from "./cases/largeData.ts";
import { leftOut } from "./cases/leftOut.ts";
import { leftOutManners } from "./cases/leftOutManners.ts";
import { lostWrites } from "./cases/lostWrites.ts";
import { losses } from "./cases/loss.ts";
import { family, seeds } from "./cases/mapFamily.ts";
import { mapErrors } from "./cases/mapErrors.ts";
import { maps } from "./cases/maps.ts";
import { feeding } from "./cases/randomNumbers.ts";
import { misuse } from "./cases/rngMisuse.ts";
import { context, nesting } from "./cases/nesting.ts";
import { labels, options } from "./cases/options.ts";
import { modes, relay } from "./cases/output.ts";
import { packages } from "./cases/packages.ts";
import { planning, workers } from "./cases/plans.ts";
import { interrupts } from "./cases/interrupts.ts";
import { scripts } from "./cases/scripts.ts";
import { resources, together } from "./cases/resources.ts";
import { puttingBack, settings } from "./cases/upkeep.ts";
import { stacks } from "./cases/stacks.ts";
import { promises } from "./cases/promises.ts";
import { queue } from "./cases/queue.ts";
import { dependencies, values } from "./cases/values.ts";
import { weakState } from "./cases/weakState.ts";
import { captures } from "./programs/captures.ts";

const all: readonly Case[] = [
  ...values,
  ...dependencies,
  ...classesMadeThere,
  ...weakState,
  ...promises,
  ...queue,
  ...isolation,
  ...laziness,
  ...asking,
  ...completion,
  ...outcomes,
  ...containers,
  ...folding,
  ...containerErrors,
  ...captures,
  ...globalsOption,
  ...limits,
  ...captureManners,
  ...evaluatedNames,
  ...nesting,
  ...context,
  ...relay,
  ...modes,
  ...errorKinds,
  ...leftOut,
  ...leftOutManners,
  ...stacks,
  ...canceling,
  ...timing,
  ...signaling,
  ...resetting,
  ...retrying,
  ...losses,
  ...puttingBack,
  ...settings,
  ...packages,
  ...everywhere,
  ...environment,
  ...resources,
  ...together,
  ...planning,
  ...workers,
  ...options,
  ...labels,
  ...scripts,
  ...lostWrites,
  ...interrupts,
  ...maps,
  ...mapErrors,
  ...family,
  ...seeds,
  ...feeding,
  ...misuse,
];

/** Every case of the suite, once per combination of its arguments; titles are unique. */
export function conformanceCases(): readonly Case[] {
  return all;
}

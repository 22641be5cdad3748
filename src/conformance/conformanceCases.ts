/** All cases, area by area. A new area is one line here. */

import type { Case } from "./Case.ts";
import { resetting, retrying } from "./cases/again.ts";
import { classesMadeThere } from "./cases/classes.ts";
import { containerErrors, containers, folding } from "./cases/containers.ts";
import { canceling, signaling, timing } from "./cases/control.ts";
import { errorKinds } from "./cases/errors.ts";
import { captureManners, globalsOption, limits } from "./cases/globals.ts";
import { asking, completion, laziness, outcomes } from "./cases/laziness.ts";
import { isolation } from "./cases/largeData.ts";
import { losses } from "./cases/loss.ts";
import { family, seeds } from "./cases/mapFamily.ts";
import { mapErrors } from "./cases/mapErrors.ts";
import { maps } from "./cases/maps.ts";
import { context, nesting } from "./cases/nesting.ts";
import { labels, options } from "./cases/options.ts";
import { modes, relay } from "./cases/output.ts";
import { planning, workers } from "./cases/plans.ts";
import { interrupts } from "./cases/interrupts.ts";
import { scripts } from "./cases/scripts.ts";
import { resources, together } from "./cases/resources.ts";
import { puttingBack, settings } from "./cases/upkeep.ts";
import { stacks } from "./cases/stacks.ts";
import { queue } from "./cases/queue.ts";
import { dependencies, values } from "./cases/values.ts";
import { captures } from "./programs/captures.ts";

const all: readonly Case[] = [
  ...values,
  ...dependencies,
  ...classesMadeThere,
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
  ...nesting,
  ...context,
  ...relay,
  ...modes,
  ...errorKinds,
  ...stacks,
  ...canceling,
  ...timing,
  ...signaling,
  ...resetting,
  ...retrying,
  ...losses,
  ...puttingBack,
  ...settings,
  ...resources,
  ...together,
  ...planning,
  ...workers,
  ...options,
  ...labels,
  ...scripts,
  ...interrupts,
  ...maps,
  ...mapErrors,
  ...family,
  ...seeds,
];

/** Every case of the suite, once per combination of its arguments; titles are unique. */
export function conformanceCases(): readonly Case[] {
  return all;
}

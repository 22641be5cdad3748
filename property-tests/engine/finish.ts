/** The end of a run: everything comes to its end, or is shut down; then each future is asked, and all is closed. */

import { cancel } from "../../src/api/cancel.ts";
import { plan } from "../../src/api/plan.ts";
import { sequential } from "../../src/plans/makeSpec.ts";
import { isPending, look, turn } from "./look.ts";
import { leaveScope, shutDown } from "./planCommands.ts";
import { askOutcome } from "./questionCommands.ts";
import { movesOf } from "./workerCommands.ts";
import type { World } from "./World.ts";

/** More than any run needs: each is a timer. */
const patience = 300;

export async function finish(world: World): Promise<void> {
  world.fates.length = 0;
  for (const _ of world.scopes) leaveScope(world, 0);
  if (world.setting.end === "shutdown") shutDown(world);
  await comeToRest(world);
  for (const book of world.books) {
    if (book.future.state === "created") {
      book.isAsked = true;
      cancel(book.future);
    }
    askOutcome(world, book);
  }
  world.holding = false;
  plan(sequential());
  await comeToRest(world);
  shutDown(world);
  await comeToRest(world);
  await look(world);
}

/** Workers do what they have; time goes on only when nothing else happens. */
async function comeToRest(world: World): Promise<void> {
  for (let ticks = 0; ticks < patience;) {
    await world.steps();
    await turn();
    for (const worker of world.workers) for (const move of movesOf(worker, false)) world.schedule(`${worker.init.name} goes on`, move);
    if (world.isBusy) continue;
    if (!world.questions.some(({ isAnswered }) => !isAnswered) && !world.books.some(isPending)) return;
    world.clock.skip();
    ticks++;
  }
}

import { expect, it } from "vitest";
import { watchHome } from "../../../src/worker/watchHome.ts";

it("takes home for gone after three whole silent intervals, counted anew at each message", () => {
  let tick = (): void => undefined;
  let gone = 0;
  const heard = watchHome({ every: (_, callback) => (tick = callback) }, 10, () => (gone += 1));
  for (let i = 0; i < 3; i += 1) tick();
  heard();
  for (let i = 0; i < 3; i += 1) tick();
  expect(gone).toBe(0);
  tick();
  expect(gone).toBe(1);
});

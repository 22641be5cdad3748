import { expect, it } from "vitest";
import { WatchedEnvironment } from "../../../src/worker/WatchedEnvironment.ts";

it("puts back what was set, defined and deleted, and keeps what was accepted", () => {
  const real: Record<string, string | undefined> = { a: "1", b: "2" };
  const watched = new WatchedEnvironment(real);
  watched.proxy["c"] = "accepted";
  watched.accept();
  watched.proxy["a"] = "changed";
  watched.proxy["a"] = "again";
  delete watched.proxy["b"];
  Object.defineProperty(watched.proxy, "d", { value: "new", configurable: true, enumerable: true, writable: true });
  expect({ ...watched.proxy }).toEqual({ a: "again", c: "accepted", d: "new" });
  watched.restore();
  expect(real).toEqual({ a: "1", b: "2", c: "accepted" });
});

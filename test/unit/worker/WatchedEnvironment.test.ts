import { expect, it } from "vitest";
import { currentSession } from "../../../src/session/currentSession.ts";
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

it("is put back to what it was told meanwhile; what was written holds until then", () => {
  const real: Record<string, string | undefined> = { a: "1", b: "2" };
  const watched = new WatchedEnvironment(real);
  watched.proxy["a"] = "mine";
  watched.rebase("a", "told");
  watched.rebase("b", undefined);
  watched.rebase("c", "new");
  expect({ ...watched.proxy }).toEqual({ a: "mine", c: "new" });
  watched.restore();
  expect(real).toEqual({ a: "told", c: "new" });
});

it("tells the names of what is written, and of what is put back", () => {
  const { environment } = currentSession();
  const before = environment.version;
  const watched = new WatchedEnvironment({ a: "1" });
  watched.proxy["a"] = "2";
  expect(environment.since(before)).toEqual(["a"]);
  const { version } = environment;
  watched.restore();
  expect(environment.since(version)).toEqual(["a"]);
});

/** A program that uses one of the packages of `kinds.ts` in every way, and prints a line for each: what came, and whether it is what it was. */

export function program(form: string): string {
  return `
import { future } from "futureplan";
import { createRequire } from "node:module";
import * as ns from "${form}";
import def from "${form}";
${form === "umd" ? "const { Open, Stateful, OpenError, Replaced } = def;" : `import { Open, Stateful, OpenError, Replaced } from "${form}";`}
const pkg = def;
const { isA, isKept, isList } = pkg;
const lines = [];
const check = async (title, run) => {
  try { lines.push(title + ": " + (await run())); }
  catch (error) { lines.push(title + " " + error.name + ": " + error.message); }
};
const home = (value) => [isA(value), value.twice()].join();
const dynamic = async (name, n) => { const { default: all } = await import("${form}"); return new all[name](n); };

for (const name of ["Open", "Stateful", "Replaced"]) {
  const Class = pkg[name];
  await check("named " + name, async () => home(await future(name === "Open" ? () => new Open(3) : name === "Stateful" ? () => new Stateful(3) : () => new Replaced(3))));
  await check("default " + name, async () => home(await future(() => new def[name](3))));
  ${form === "umd" ? "" : `await check("namespace " + name, async () => home(await future(() => new ns[name](3))));`}
  await check("dynamic " + name, async () => home(await future(dynamic, [name, 3])));
  await check("argument " + name, async () => (await future((value) => [isA(value), value.twice()], [new Class(3)])).join());
  const captured = new Class(3);
  await check("capture " + name, async () => (await future(() => [isA(captured), captured.twice()])).join());
  await check("back " + name, async () => home(await future((value) => value, [captured])));
}
for (const [name, make] of [["Hidden", pkg.makeHidden], ["Old", pkg.makeOld]]) {
  await check("factory " + name, async () => home(await future(() => make(3))));
  await check("deep " + name, async () => home((await future(() => ({ list: [new Map([["a", make(3)]])] }))).list[0].get("a")));
  await check("argument " + name, async () => (await future((value) => [isA(value), value.twice()], [make(3)])).join());
  const captured = make(3);
  await check("capture " + name, async () => (await future(() => [isA(captured), captured.twice()])).join());
  await check("back " + name, async () => home(await future((value) => value, [captured])));
  await check("nested " + name, async () => home(await future(async () => { const { future: inner } = await import("futureplan"); return inner(() => make(3)); })));
}
const { makeKept, makeList, again, one, failHidden } = pkg;
await check("kept result", async () => { const value = await future(() => makeKept(3)); return [isKept(value), value.twice()]; });
await check("kept argument", async () => future((value) => [isKept(value), value.twice()], [makeKept(3)]));
await check("list result", async () => { const value = await future(() => makeList(3)); return [isList(value), value.twice()]; });
await check("list argument", async () => future((value) => [isList(value), value.twice()], [makeList(3)]));
await check("single result", async () => { const value = await future(() => again()); return [Object.getPrototypeOf(value) === Object.getPrototypeOf(one), value.two()]; });
const caught = async (run, args) => { try { await future(run, args); } catch (error) { return error; } };
await check("OpenError thrown", async () => { const e = await caught(() => { throw new OpenError(3); }); return [home(e), e.message, e.stack.includes("open 3")]; });
await check("HiddenError thrown", async () => { const e = await caught(() => failHidden(3)); return [home(e), e instanceof TypeError, e.message]; });
await check("HiddenError cause", async () => { const e = await caught(() => { try { failHidden(3); } catch (cause) { throw new Error("outer", { cause }); } }); return home(e.cause); });
await check("HiddenError argument", async () => { let e; try { failHidden(3); } catch (error) { e = error; } return (await future((value) => [isA(value), value.twice()], [e])).join(); });
const { Private, Unseen, unseenOnce, makeLost, makeLocal, pointer } = pkg;
await check("Private result", async () => { const p = await future(() => new Private()); return [p instanceof Private, p.get()]; });
const p = new Private();
await check("Private capture", () => future(() => p.get()));
const shared = Symbol("shared");
await check("Unseen result", () => future(() => new Unseen()));
await check("Unseen result again", () => future(() => unseenOnce()).then(String, () => future(() => unseenOnce())));
await check("own symbol", async () => { const o = Object.assign(new Open(3), { [shared]: 1 }); const back = await future(() => (o[shared] += 1, o)); return [home(back), back[shared]]; });
const u = new Unseen();
await check("Unseen capture", () => future(() => u));
await check("Lost result", () => future(() => makeLost()));
await check("Local result", () => future(() => makeLocal()));
await check("pointer result", () => future(() => pointer()));
const handle = pointer();
await check("pointer capture", () => future(() => handle));
console.log(lines.join("\\n"));
`;
}

const classes = ["Open", "Stateful", "Replaced"];

/** What it prints, by what the packages do at home. */
export function promised(form: string): (string | RegExp)[] {
  const ways = ["named", "default", ...(form === "umd" ? [] : ["namespace"]), "dynamic", "argument", "capture", "back"];
  const hidden = ["factory", "deep", "argument", "capture", "back", "nested"];
  return [
    ...classes.flatMap((name) => ways.map((way) => `${way} ${name}: ${name},6`)),
    ...["Hidden", "Old"].flatMap((name) => hidden.map((way) => `${way} ${name}: ${name},6`)),
    "kept result: true,6",
    "kept argument: true,6",
    "list result: true,6",
    "list argument: true,6",
    "single result: true,2",
    "OpenError thrown: OpenError,6,open 3,true",
    "HiddenError thrown: HiddenError,6,true,hidden 3",
    "HiddenError cause: HiddenError,6",
    "HiddenError argument: HiddenError,6",
    "Private result: true,1",
    "Private capture: 1",
    /^Unseen result NotPortable: .*Unseen keeps state under Symbol\(unseen\).*workerLocal/,
    /^Unseen result again NotPortable: .*Unseen keeps state under Symbol\(unseen\)/,
    "own symbol: Open,6,2",
    /^Unseen capture NotPortable: u: .*Unseen keeps state under Symbol\(unseen\).*workerLocal/,
    /^Lost result NotPortable: value: an instance of Lost/,
    /^Local result NotPortable: value: an instance of Local/,
    /^pointer result NotPortable: value: an instance of Open is a handle \(__wbg_ptr\)/,
    /^pointer capture NotPortable: handle: an instance of Open is a handle \(__wbg_ptr\).*workerLocal/,
  ];
}

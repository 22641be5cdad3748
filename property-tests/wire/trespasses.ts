/**
 * What a damaged message must not do to home, whatever else it does: change the language's own prototypes, leave something on the
 * global object, or take memory that it did not bring.
 */

const guarded = [Object.prototype, Array.prototype, Function.prototype, Error.prototype, Map.prototype, Promise.prototype, Object, Array];

/** Globals that Node makes when they are asked for change their attributes by themselves, so of those only names are looked at. */
function look(): string {
  return [...guarded.map(describe), Reflect.ownKeys(globalThis).map(String).join()].join("\n");
}

function describe(owner: object): string {
  const keys = Reflect.ownKeys(owner).map((key) => `${String(key)}${flagsOf(owner, key)}`);
  return `${Object.isExtensible(owner)} ${keys.join()}`;
}

function flagsOf(owner: object, key: PropertyKey): string {
  const { writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
  return `${writable === true ? "w" : ""}${configurable === true ? "c" : ""}${enumerable === true ? "e" : ""}`;
}

/** The frame reader's trust (`FrameLimits.trust`), and room for what a message really brings. */
const allowed = 64 * 1024 * 1024 + 32 * 1024 * 1024;

/** Runs `body`; gives what it did that it must not, or nothing. Memory is looked at synchronously: a collection can only lower it. */
export function trespasses(body: () => string | undefined): string | undefined {
  const before = look();
  const [buffers, heap] = memory();
  const wrong = body();
  const [buffersAfter, heapAfter] = memory();
  if (wrong !== undefined) return wrong;
  if (look() !== before) return "prototypes or globals were changed";
  if (buffersAfter - buffers > allowed) return `${buffersAfter - buffers} bytes of buffers were allocated`;
  // V8 itself gives a sparse list that claims up to 2 ** 25 items room for all of them: 256 MiB.
  return heapAfter - heap > 3 * allowed ? `${heapAfter - heap} bytes of heap were allocated` : undefined;
}

function memory(): readonly [buffers: number, heap: number] {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return [arrayBuffers, heapUsed];
}

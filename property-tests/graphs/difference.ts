/** Where two graphs of values differ: kinds, prototypes, every property with its attributes, hidden state, and who is whose object. */

/** The path to the first difference; `undefined`: none. */
export function difference(expected: unknown, actual: unknown): string | undefined {
  return new Comparison().compare(expected, actual, "value");
}

/** What reads the one hidden slot of each kind: the prototypes' own functions, for the value may have others under their names. */
const slotReaders = [
  [URL, URL.prototype.toString],
  [RegExp, RegExp.prototype.toString],
  [Date, Date.prototype.getTime],
  [Number, Number.prototype.valueOf],
  [String, String.prototype.valueOf],
  [Boolean, Boolean.prototype.valueOf],
  [BigInt, BigInt.prototype.valueOf],
  [Symbol, Symbol.prototype.valueOf],
] as const;

class Comparison {
  private readonly pairs = new Map<object, object>();
  private readonly taken = new Map<object, object>();

  compare(expected: unknown, actual: unknown, path: string): string | undefined {
    if (!isObject(expected) || !isObject(actual))
      return Object.is(expected, actual) ? undefined : `${path}: ${show(expected)} became ${show(actual)}`;
    const pair = this.pairs.get(expected);
    if (pair !== undefined || this.taken.has(actual))
      return pair === actual && this.taken.get(actual) === expected ? undefined : `${path}: identity`;
    this.pairs.set(expected, actual);
    this.taken.set(actual, expected);
    if (Object.getPrototypeOf(expected) !== Object.getPrototypeOf(actual)) return `${path}: prototype`;
    if (Object.isExtensible(expected) !== Object.isExtensible(actual)) return `${path}: extensible`;
    return this.slots(expected, actual, path) ?? this.properties(expected, actual, path);
  }

  private slots(expected: object, actual: object, path: string): string | undefined {
    if (Array.isArray(expected) !== Array.isArray(actual)) return `${path}: array`;
    if (expected instanceof Map && actual instanceof Map) return this.lists([...expected].flat(1), [...actual].flat(1), `${path}.map`);
    if (expected instanceof Set && actual instanceof Set) return this.lists([...expected], [...actual], `${path}.set`);
    if (expected instanceof DOMException && actual instanceof DOMException)
      return this.compare(expected.name + expected.message, actual.name + actual.message, path);
    if (ArrayBuffer.isView(expected) && ArrayBuffer.isView(actual)) return this.views(expected, actual, path);
    if (expected instanceof ArrayBuffer && actual instanceof ArrayBuffer)
      return this.lists([...new Uint8Array(expected)], [...new Uint8Array(actual)], `${path}.bytes`);
    const read = slotReaders.find(([kind]) => expected instanceof kind)?.[1];
    return read === undefined ? undefined : this.compare(Reflect.apply(read, expected, []), Reflect.apply(read, actual, []), path);
  }

  /** Views are compared by what they see; the buffer may be only the part that is seen, but must be shared alike. */
  private views(expected: ArrayBufferView, actual: ArrayBufferView, path: string): string | undefined {
    const bytes = (view: ArrayBufferView): number[] => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
    const buffer = this.pairs.get(expected.buffer) ?? actual.buffer;
    if (buffer !== actual.buffer) return `${path}: another buffer`;
    this.pairs.set(expected.buffer, actual.buffer);
    this.taken.set(actual.buffer, expected.buffer);
    return this.lists(bytes(expected), bytes(actual), `${path}.bytes`);
  }

  private lists(expected: readonly unknown[], actual: readonly unknown[], path: string): string | undefined {
    if (expected.length !== actual.length) return `${path}: ${expected.length} became ${actual.length}`;
    return firstOf(expected.map((each, index) => () => this.compare(each, actual[index], `${path}[${index}]`)));
  }

  private properties(expected: object, actual: object, path: string): string | undefined {
    const keys = namedKeys(expected);
    const others = namedKeys(actual);
    if (keys.length !== others.length || keys.some((key, index) => key !== others[index]))
      return `${path}: keys ${show(keys)} became ${show(others)}`;
    return firstOf(
      keys.map(
        (key) => () =>
          this.property(
            Object.getOwnPropertyDescriptor(expected, key) ?? {},
            Object.getOwnPropertyDescriptor(actual, key) ?? {},
            `${path}.${String(key)}`,
          ),
      ),
    );
  }

  private property(expected: PropertyDescriptor, actual: PropertyDescriptor, path: string): string | undefined {
    for (const attribute of ["enumerable", "writable", "configurable"] as const) {
      if (expected[attribute] !== actual[attribute]) return `${path}: ${attribute}`;
    }
    return this.compare(expected.value, actual.value, path);
  }
}

/** Without the elements of views, and without `stack`, which V8 keeps in more than one way. */
function namedKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter(
    (key) => key !== "stack" && !(ArrayBuffer.isView(value) && typeof key === "string" && /^\d+$/.test(key)),
  );
}

function firstOf(comparisons: readonly (() => string | undefined)[]): string | undefined {
  for (const compare of comparisons) {
    const found = compare();
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function show(value: unknown): string {
  return isObject(value) && !Array.isArray(value) ? typeof value : Array.isArray(value) ? value.map(String).join() : String(value);
}

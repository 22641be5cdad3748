/** Where two graphs of values differ: kinds, prototypes, every property with its attributes, hidden state, and who is whose object. */

/** The path to the first difference; `undefined`: none. */
export function difference(expected: unknown, actual: unknown): string | undefined {
  return new Comparison().compare(expected, actual, "value");
}

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
    if (expected instanceof URL) return this.compare(expected.href, (actual as URL).href, path);
    if (expected instanceof RegExp) return this.compare(String(expected), String(actual), path);
    if (expected instanceof Date) return this.compare(expected.getTime(), (actual as Date).getTime(), path);
    return isBoxed(expected) ? this.compare(expected.valueOf(), actual.valueOf(), path) : undefined;
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

function isBoxed(value: object): boolean {
  return (
    value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt || value instanceof Symbol
  );
}

function show(value: unknown): string {
  return isObject(value) && !Array.isArray(value) ? typeof value : Array.isArray(value) ? value.map(String).join() : String(value);
}

/** The properties of `globalThis` as they were, compared and put back without invoking a getter. */

export class GlobalsSnapshot {
  readonly #target: object;
  readonly #before = new Map<PropertyKey, PropertyDescriptor>();

  constructor(target: object) {
    this.#target = target;
    for (const key of Reflect.ownKeys(target)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
      if (descriptor !== undefined) this.#before.set(key, descriptor);
    }
  }

  /** Puts back what was added, changed or deleted; gives the names of what could not be. */
  restore(): readonly string[] {
    const stuck: string[] = [];
    for (const key of Reflect.ownKeys(this.#target)) {
      if (!this.#before.has(key) && !Reflect.deleteProperty(this.#target, key)) stuck.push(`globalThis.${String(key)}`);
    }
    for (const [key, before] of this.#before) {
      const now = Reflect.getOwnPropertyDescriptor(this.#target, key);
      if (now !== undefined && isSame(now, before)) continue;
      if (!Reflect.defineProperty(this.#target, key, before)) stuck.push(`globalThis.${String(key)}`);
    }
    return stuck;
  }
}

function isSame(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return (
    Object.is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable &&
    a.configurable === b.configurable
  );
}

/** A resource of which every worker has its own: the handle travels, the resource never does. */

import { types } from "../codec/reflection.ts";
import { currentSession } from "../session/currentSession.ts";
import { keep } from "../session/keep.ts";
import { engine } from "./engine.ts";

/** How a handle travels. */
export interface WorkerLocalData<T> {
  readonly id: string;
  readonly make: () => T;
}

/** Made by `workerLocal()`. */
export class WorkerLocal<T> {
  readonly #id: string;
  readonly #make: () => T;

  /** @internal */
  constructor(make: () => T, id: string = freshId()) {
    this.#make = make;
    this.#id = id;
  }

  /** The resource of this process or thread, made at the first call; what `make` throws is thrown, and tried again next time. */
  get(): T {
    const { locals } = engine();
    if (!locals.has(this.#id)) locals.set(this.#id, this.#makeUnwatched());
    return taken<T>(locals.get(this.#id));
  }

  /** Random numbers that make it are not the running future's. */
  #makeUnwatched(): T {
    const { unwatched } = currentSession();
    unwatched.add(this);
    try {
      const made = keep(this.#make);
      if (types.isPromise(made)) unwatched.add(made);
      return made;
    } finally {
      unwatched.delete(this);
    }
  }

  /** Tells the codec how a handle travels. @internal */
  static encode<T>(handle: WorkerLocal<T>): WorkerLocalData<T> {
    return { id: handle.#id, make: handle.#make };
  }

  /** The reverse. @internal */
  static decode<T>({ id, make }: WorkerLocalData<T>): WorkerLocal<T> {
    return new WorkerLocal(make, id);
  }

  static {
    Object.defineProperty(this, Symbol.for("futureplan.encode"), { value: (handle: WorkerLocal<unknown>) => WorkerLocal.encode(handle) });
    Object.defineProperty(this, Symbol.for("futureplan.decode"), { value: (data: WorkerLocalData<unknown>) => WorkerLocal.decode(data) });
  }
}

function freshId(): string {
  const session = currentSession();
  session.count += 1;
  return `${session.id}/${session.count}`;
}

/** Only `make` of the same handle puts something there. */
function taken<T>(resource: unknown): T;
function taken(resource: unknown): unknown {
  return resource;
}

/** The capture of a map: its functions frozen once, and the elements chunk by chunk. */

import type { Encoded, Payload } from "../codec/Encoded.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { encodeElements, type PlaceOf } from "../codec/encode/encodeList.ts";
import { encodeRows } from "../codec/encode/encodeRows.ts";
import { EncoderMemory } from "../codec/encode/EncoderMemory.ts";
import { holdsAny } from "../codec/encode/encodeWeak.ts";
import { nameOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { CallPosition } from "../platform/callPosition.ts";
import { systemClock } from "../platform/clock.ts";
import { considerConstant } from "./constants.ts";
import { Capture } from "./Capture.ts";
import { LayeredMemory } from "./LayeredMemory.ts";
import { inParts, type Parts } from "./Parts.ts";
import { lostWrites } from "./lostWrites.ts";
import { checkSize, encodeWith, parseGlobals, type GlobalsRequest } from "./snapshot.ts";
import { warnSlowCapture } from "./warnSlowCapture.ts";
import type { ChunkSnapshot, PackageState, Elements, LostWrite, MapSnapshot } from "./snapshots.ts";

/** Freezes `fn` and, perhaps, the reducer. Throws like `snapshot`. */
export function snapshotMap(fn: Function, reducer: Function | undefined, request: GlobalsRequest): MapSnapshot {
  return inParts((parts) => new FrozenMap(fn, reducer, request, parts));
}

const elementsPath: Path = { up: undefined, name: "elements" };

class FrozenMap implements MapSnapshot {
  readonly #fn: Function;
  readonly #reducer: Function | undefined;
  readonly #request: GlobalsRequest;
  readonly #parts: Parts;
  readonly #capture: Capture;
  readonly #memory = new EncoderMemory();
  readonly #encoder: Encoder;
  readonly #frozen: Payload;

  constructor(fn: Function, reducer: Function | undefined, request: GlobalsRequest, parts: Parts) {
    const started = systemClock.precise();
    this.#fn = fn;
    this.#reducer = reducer;
    this.#request = request;
    this.#parts = parts;
    this.#capture = this.#newCapture();
    this.#encoder = new Encoder(this.#capture, this.#memory);
    if (request.globals === true && (request.modules ?? []).length === 0) considerConstant(fn);
    this.#frozen = encodeWith(this.#capture, this.#encoder, { root: undefined }, () => {
      for (const each of [fn, reducer]) if (each !== undefined) this.#encoder.functionRef(each, { up: undefined, name: nameOf(each) });
    });
    checkSize(this.#encoder.bytes, this.#capture, [], request);
    warnSlowCapture(this.#capture, started, request.label);
  }

  get configured(): readonly PackageState[] {
    return this.#capture.configured;
  }

  chunk(elements: Elements, index: (position: number) => number): ChunkSnapshot {
    const memory = new LayeredMemory(this.#memory, this.#encoder.specials.length);
    const capture = this.#newCapture(this.#capture);
    const encoder = new Encoder(capture, memory);
    encoder.thenables.push(...this.#encoder.thenables);
    for (const claimed of this.#encoder.claimed) encoder.claimed.add(claimed);
    const snapshot = this.#encode(capture, encoder, elements, index);
    const apart = !memory.parts.touched && !memory.indices.sawView && !this.#capture.mayShare(capture) && !this.#sharesWeak(encoder);
    if (apart) return this.#join(snapshot);
    // Functions among the elements share variables, or exports of a module, with those of the map; or a WeakMap knows elements.
    const whole = this.#newCapture();
    return this.#encode(whole, new Encoder(whole), elements, index);
  }

  /** Whether a WeakMap or WeakSet here may hold what was met there. */
  #sharesWeak(chunk: Encoder): boolean {
    return chunk.weak.length > 0 || this.#encoder.weak.some(({ container }) => holdsAny(container, chunk.memory.met()));
  }

  lostWrites(call: () => CallPosition | undefined): readonly LostWrite[] {
    return lostWrites(
      this.#capture.records.find(({ fn }) => fn === this.#fn),
      call,
    );
  }

  #encode(capture: Capture, encoder: Encoder, elements: Elements, index: (position: number) => number): ChunkSnapshot {
    const root: unknown[] = [];
    const started = systemClock.precise();
    const payload = encodeWith(capture, encoder, { root }, () => {
      encoder.put(root, 0, this.#fn, { up: undefined, name: nameOf(this.#fn) });
      if (ArrayBuffer.isView(elements)) root.push(elements);
      else putElements(encoder, root, elements, index);
      if (Array.isArray(elements)) for (const element of elements) capture.views.argument(this.#fn, 0, element);
      if (this.#reducer !== undefined) encoder.put(root, 2, this.#reducer, { up: undefined, name: nameOf(this.#reducer) });
    });
    warnSlowCapture(capture, started, this.#request.label);
    const bytes = payload.bytes + (ArrayBuffer.isView(elements) ? elements.byteLength : 0);
    const { writes, configured } = capture;
    return { _tag: "captured", payload: { ...payload, bytes }, futures: encoder.thenables, configured, writes };
  }

  /** The functions and the elements as one. */
  #join({ payload, futures, configured, writes }: ChunkSnapshot): ChunkSnapshot {
    const { body, needs, blocks, bytes, local } = this.#frozen;
    const more = payload.body;
    const joined: Encoded = {
      ...more,
      specials: [...(body.specials ?? []), ...(more.specials ?? [])],
      fixups: [...(body.fixups ?? []), ...(more.fixups ?? [])],
      fills: [...(body.fills ?? []), ...(more.fills ?? [])],
    };
    const all = needs.length === 0 ? payload.needs : [...needs, ...payload.needs];
    return {
      _tag: "captured",
      payload: {
        body: joined,
        needs: all,
        blocks: [...blocks, ...payload.blocks],
        bytes: bytes + payload.bytes,
        local: local ?? payload.local,
      },
      futures,
      configured,
      writes: writes || this.#capture.writes,
    };
  }

  #newCapture(above?: Capture): Capture {
    const { globals, modules = [] } = this.#request;
    return new Capture({
      given: parseGlobals(globals),
      modules,
      known: undefined,
      parts: this.#parts,
      ...(above && { above }),
    });
  }
}

/** Puts the elements into `root`. */
function putElements(encoder: Encoder, root: unknown[], elements: readonly unknown[], index: (position: number) => number): void {
  const placeOf: PlaceOf = (position) => [{ up: elementsPath, name: index(position) }, elements];
  const rows = encodeRows(encoder, undefined, elements, placeOf);
  root.push(...(rows === undefined ? encodeElements(encoder, elements.slice(), placeOf) : [undefined]));
  if (rows !== undefined) encoder.fixups.push(root, 1, rows);
}

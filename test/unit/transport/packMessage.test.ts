import { describe, expect, it } from "vitest";
import { NotPortable } from "../../../src/errors/errors.ts";
import type { OutcomeMessage } from "../../../src/protocol/messages.ts";
import { packMessage, unpackMessage, type Packed } from "../../../src/transport/packMessage.ts";

function outcome(root: unknown, specials: OutcomeMessage["body"]["specials"] = []): OutcomeMessage {
  return {
    type: "outcome",
    task: 1,
    status: "value",
    body: { root, specials },
    definitions: [],
    output: [],
    started: 1,
    finished: 2,
    left: [],
    spent: false,
  };
}

/** What arrives: each part in memory of its own, as `FrameReader` leaves it. */
function arrive({ control, buffers }: Packed): unknown {
  return unpackMessage({ control: control.slice(), buffers: buffers.map((buffer) => buffer.slice().buffer) });
}

describe("packMessage", () => {
  it("gives back what structured clone keeps, with cycles and undefined", () => {
    const map = new Map<unknown, unknown>([[NaN, -0]]);
    map.set("self", map);
    const sparse: bigint[] = [];
    sparse[1] = 1n;
    const message = outcome({ map, none: undefined, when: new Date(5), many: sparse });
    expect(arrive(packMessage(message))).toEqual(message);
  });

  it("keeps large buffers of specials out of the control part and links their views again", () => {
    const buffer = new Float64Array([1, 2, ...Array.from({ length: 1000 }, () => 0)]).buffer;
    const packed = packMessage(
      outcome(undefined, [
        ["view", "Float64Array", buffer, 2, 0],
        ["view", "Int8Array", buffer, 8, 0],
      ]),
    );
    expect(packed.control.length).toBeLessThan(1000);
    expect(packed.buffers).toHaveLength(1);
    expect(packed.buffers[0]?.buffer).toBe(buffer);
    const { body } = arrive(packed) as OutcomeMessage;
    expect(body.specials?.[0]?.[2]).toBeInstanceOf(ArrayBuffer);
    expect(body.specials?.[0]?.[2]).toBe(body.specials?.[1]?.[2]);
    expect(new Float64Array(body.specials?.[0]?.[2] as ArrayBuffer)[1]).toBe(2);
  });

  it("copies a buffer that the sender may still write to", () => {
    const kept = new ArrayBuffer(5000);
    const given = new ArrayBuffer(5000);
    const packed = packMessage(
      outcome(undefined, [
        ["buffer", kept],
        ["buffer", given],
      ]),
      [given],
    );
    expect(packed.buffers.map((part) => part.buffer === kept || part.buffer === given)).toEqual([false, true]);
  });

  it.each([
    ["a small one", 3],
    ["a large one", 5000],
  ])("ships only the visible bytes of a typed array inside the tree: %s", (_, length) => {
    const whole = new Uint16Array(20_000).map((_, index) => index);
    const message = outcome({ view: whole.subarray(5, 5 + length), buffer: Buffer.from("hello"), data: new DataView(new ArrayBuffer(3)) });
    const packed = packMessage(message);
    expect(packed.control.length + packed.buffers.reduce((sum, part) => sum + part.length, 0)).toBeLessThan(length * 2 + 500);
    expect(arrive(packed)).toEqual(message);
  });

  it("refuses shared memory, bare or seen through an array", () => {
    expect(() => packMessage(outcome(new SharedArrayBuffer(8)))).toThrow(NotPortable);
    expect(() => packMessage(outcome(new Int32Array(new SharedArrayBuffer(8))))).toThrow(NotPortable);
  });

  it("throws for what cannot be cloned", () => {
    expect(() => packMessage(outcome(() => 1))).toThrow(/could not be cloned/);
  });
});

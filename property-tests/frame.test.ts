import fc from "fast-check";
import { it } from "vitest";
import { encodeFrame, FrameReader, startMarker } from "../src/protocol/frame.ts";
import "./seed.ts";

type Parts = readonly [control: Uint8Array, buffers: readonly Uint8Array[]];

/** Law: however the bytes are split into chunks, the same messages come out. */
export function anySplitGivesTheSameMessages(noise: Uint8Array, messages: readonly Parts[], cuts: readonly number[]): boolean {
  const stream = concatenate([noise, startMarker, ...messages.flatMap(([control, buffers]) => encodeFrame(control, buffers))]);
  const received: Parts[] = [];
  const reader = new FrameReader((frame) => received.push([frame.control, frame.buffers.map((buffer) => new Uint8Array(buffer))]));
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length])].sort((a, b) => a - b);
  for (const [index, edge] of edges.entries()) reader.push(stream.slice(edge, edges[index + 1]));
  reader.end();
  return fc.stringify(received.map(plain)) === fc.stringify(messages.map(plain));
}

function plain([control, buffers]: Parts): number[][] {
  return [[...control], ...buffers.map((buffer) => [...buffer])];
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const message = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }));

it("any split of the bytes gives the same messages", () => {
  const noise = fc.uint8Array({ min: 1, maxLength: 60 });
  fc.assert(fc.property(noise, fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 20 }), anySplitGivesTheSameMessages), {
    numRuns: 1000,
  });
});

it("any split of a long control part, which is not joined to its header, gives the same message", () => {
  const long = fc.uint8Array({ minLength: 4090, maxLength: 4200, size: "max" });
  fc.assert(
    fc.property(long, fc.array(fc.nat(), { maxLength: 6 }), (control, cuts) =>
      anySplitGivesTheSameMessages(new Uint8Array(0), [[control, [control]]], cuts),
    ),
    { numRuns: 50 },
  );
});

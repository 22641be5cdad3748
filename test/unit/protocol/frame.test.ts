import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { defaultFrameLimits, encodeFrame, FrameError, FrameReader, startMarker, type Frame } from "../../../src/protocol/frame.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function collect(): { frames: Frame[]; reader: FrameReader } {
  const frames: Frame[] = [];
  return { frames, reader: new FrameReader((frame) => frames.push(frame)) };
}

describe("frames", () => {
  it("gives back the control part and each buffer in an ArrayBuffer of exactly its size", () => {
    const { frames, reader } = collect();
    reader.push(join([startMarker, ...encodeFrame(bytes(1, 2), [bytes(3), bytes(4, 5, 6)])]));
    reader.end();
    expect([...(frames[0]?.control ?? [])]).toEqual([1, 2]);
    expect(frames[0]?.buffers.map((buffer) => [...new Uint8Array(buffer)])).toEqual([[3], [4, 5, 6]]);
  });

  it("accepts empty parts at the very end of a chunk", () => {
    const { frames, reader } = collect();
    reader.push(join([startMarker, ...encodeFrame(bytes(), [bytes(), bytes()])]));
    expect(frames).toHaveLength(1);
    expect(frames[0]?.buffers).toHaveLength(2);
  });

  it("does not copy a large control part or a buffer when it encodes", () => {
    const control = new Uint8Array(10_000);
    const buffer = new Uint8Array(10_000);
    const pieces = encodeFrame(control, [buffer]);
    expect(pieces[1]).toBe(control);
    expect(pieces[2]).toBe(buffer);
  });

  it("skips noise before the start marker, even when the marker is split and half of it comes twice", () => {
    const { frames, reader } = collect();
    const noise = new TextEncoder().encode("Welcome to n1!\n\0futu");
    for (const byte of join([noise, startMarker, ...encodeFrame(bytes(7), [])])) reader.push(bytes(byte));
    expect(frames).toHaveLength(1);
  });

  it("gives up when no message begins within the allowed noise", () => {
    const reader = new FrameReader(() => undefined, { ...defaultFrameLimits, noise: 10 });
    reader.push(new Uint8Array(10).fill(65));
    expect(() => reader.push(bytes(65))).toThrow(/no message began within 10 bytes/);
  });

  it("refuses damaged magic, and everything after it", () => {
    const { frames, reader } = collect();
    const damaged = join(encodeFrame(bytes(1), []));
    damaged[0] = 0;
    expect(() => reader.push(join([startMarker, damaged]))).toThrow(FrameError);
    expect(() => reader.push(join(encodeFrame(bytes(1), [])))).toThrow(FrameError);
    expect(frames).toHaveLength(0);
  });

  it("refuses a length over the limit before any of its bytes came", () => {
    const reader = new FrameReader(() => undefined, { ...defaultFrameLimits, part: 100 });
    const head = join(encodeFrame(new Uint8Array(101), [])).subarray(0, 12);
    expect(() => reader.push(join([startMarker, head]))).toThrow(/101 bytes; the limit is 100/);
  });

  it("allocates a huge claim only as its bytes arrive, and still gives an exact buffer", () => {
    const frames: Frame[] = [];
    const reader = new FrameReader((frame) => frames.push(frame), { ...defaultFrameLimits, trust: 16 });
    const buffer = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
    const stream = join([startMarker, ...encodeFrame(bytes(1), [buffer])]);
    for (let at = 0; at < stream.length; at += 7) reader.push(stream.subarray(at, at + 7));
    expect(frames[0]?.buffers[0]?.byteLength).toBe(1000);
    expect([...new Uint8Array(frames[0]?.buffers[0] ?? new ArrayBuffer(0))]).toEqual([...buffer]);
  });

  it("notices an end in the middle of a message and an end before the first one", () => {
    const { reader } = collect();
    reader.push(join([startMarker, ...encodeFrame(bytes(1, 2, 3), [])]).subarray(0, -1));
    expect(() => reader.end()).toThrow(/in the middle/);
    expect(() => collect().reader.end()).toThrow(/before the first message/);
  });

  it("fails, and throws nothing else, where there is no memory for a part", async () => {
    const source = `
      import { defaultFrameLimits, FrameReader, startMarker } from "./src/protocol/frame.ts";
      const reader = new FrameReader(() => undefined, { ...defaultFrameLimits, trust: defaultFrameLimits.part });
      reader.push(startMarker);
      reader.push(Buffer.from("FPL1\\xff\\xff\\xff\\xff\\0\\0\\0\\0", "latin1"));
      try { reader.push(new Uint8Array(1)); } catch (error) { console.log(error.name, error.message); }`;
    const resolveDir = fileURLToPath(new URL("../../../", import.meta.url));
    const { outputFiles } = await build({ stdin: { contents: source, resolveDir }, bundle: true, write: false, format: "cjs" });
    const [program] = outputFiles;
    const { stdout } = spawnSync("sh", ["-c", 'ulimit -v 2000000; exec "$0" -e "$1"', process.execPath, program?.text ?? ""]);
    expect(String(stdout)).toMatch(/^FrameError .* of 4294967295 bytes, for which there is no memory/);
  });
});

/**
 * Records what is written at home while something runs, through `console`, the standard streams and
 * `process.emitWarning`, in one order. Console methods are those of a real `Console`, so that text made
 * elsewhere and replayed here can be compared with text made here, whatever method replays it.
 */

import { Console } from "node:console";
import { Writable } from "node:stream";

/** One stretch of text on one stream; neighbours on the same stream are joined. */
export type Piece = readonly [stream: "stdout" | "stderr", text: string];

export interface Output {
  readonly pieces: readonly Piece[];
  readonly stdout: string;
  readonly stderr: string;
  readonly warnings: readonly Error[];
}

const methods = ["log", "info", "debug", "warn", "error", "trace", "dir", "table", "group", "groupCollapsed", "groupEnd", "count", "assert"] as const;

/** Runs `body` and gives everything it wrote, in order; nothing of it is shown. */
export async function captureOutput(body: () => unknown): Promise<Output> {
  const pieces: [stream: "stdout" | "stderr", text: string][] = [];
  const warnings: Error[] = [];
  const restore = [
    replaceConsole(recorder(pieces, "stdout"), recorder(pieces, "stderr")),
    replaceWrite(process.stdout, pieces, "stdout"),
    replaceWrite(process.stderr, pieces, "stderr"),
    replaceWarnings(warnings),
  ];
  try {
    await body();
    await new Promise((done) => setImmediate(done));
  } finally {
    for (const undo of restore) undo();
  }
  const textOf = (stream: string): string => pieces.flatMap(([name, text]) => (name === stream ? [text] : [])).join("");
  return { pieces, stdout: textOf("stdout"), stderr: textOf("stderr"), warnings };
}

function record(pieces: [stream: "stdout" | "stderr", text: string][], stream: "stdout" | "stderr", text: string): void {
  const last = pieces.at(-1);
  if (last?.[0] === stream) last[1] += text;
  else if (text !== "") pieces.push([stream, text]);
}

function recorder(pieces: [stream: "stdout" | "stderr", text: string][], stream: "stdout" | "stderr"): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      record(pieces, stream, String(chunk));
      done();
    },
  });
}

function replaceConsole(stdout: Writable, stderr: Writable): () => void {
  const substitute = new Console({ stdout, stderr, colorMode: process.stdout.hasColors?.() ?? false });
  const before = methods.map((method) => Object.getOwnPropertyDescriptor(console, method));
  for (const method of methods) console[method] = substitute[method].bind(substitute);
  return () => {
    methods.forEach((method, index) => Object.defineProperty(console, method, before[index] ?? {}));
  };
}

function replaceWrite(target: NodeJS.WriteStream, pieces: [stream: "stdout" | "stderr", text: string][], stream: "stdout" | "stderr"): () => void {
  const before = target.write;
  target.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    record(pieces, stream, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") process.nextTick(callback);
    return true;
  };
  return () => {
    target.write = before;
  };
}

function replaceWarnings(warnings: Error[]): () => void {
  const before = process.listeners("warning");
  const listener = (warning: Error): number => warnings.push(warning);
  process.removeAllListeners("warning");
  process.on("warning", listener);
  return () => {
    process.off("warning", listener);
    for (const each of before) process.on("warning", each);
  };
}

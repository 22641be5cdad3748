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

const methods = [
  "log",
  "info",
  "debug",
  "warn",
  "error",
  "trace",
  "dir",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
  "count",
  "assert",
] as const;

/** Resolves when `text` has been written. */
export type Seen = (text: string) => Promise<void>;

type Stream = "stdout" | "stderr";

class Recorder {
  readonly pieces: [stream: Stream, text: string][] = [];
  #arrived: (() => void) | undefined;

  record(stream: Stream, text: string): void {
    const last = this.pieces.at(-1);
    if (last?.[0] === stream) last[1] += text;
    else if (text !== "") this.pieces.push([stream, text]);
    this.#arrived?.();
  }

  textOf(stream: Stream): string {
    return this.pieces.flatMap(([name, text]) => (name === stream ? [text] : [])).join("");
  }

  async seen(text: string): Promise<void> {
    while (!this.textOf("stdout").includes(text) && !this.textOf("stderr").includes(text)) {
      await new Promise<void>((done) => (this.#arrived = done));
    }
  }

  writable(stream: Stream): Writable {
    return new Writable({
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        this.record(stream, String(chunk));
        done();
      },
    });
  }
}

/** Runs `body` and gives everything it wrote, in order; nothing of it is shown. */
export async function captureOutput(body: (seen: Seen) => unknown): Promise<Output> {
  const recorder = new Recorder();
  const warnings: Error[] = [];
  const restore = [
    replaceConsole(recorder.writable("stdout"), recorder.writable("stderr")),
    replaceWrite(process.stdout, (text) => recorder.record("stdout", text)),
    replaceWrite(process.stderr, (text) => recorder.record("stderr", text)),
    replaceWarnings(warnings),
  ];
  try {
    await body((text) => recorder.seen(text));
    await new Promise((done) => setImmediate(done));
  } finally {
    for (const undo of restore) undo();
  }
  return { pieces: recorder.pieces, stdout: recorder.textOf("stdout"), stderr: recorder.textOf("stderr"), warnings };
}

function replaceConsole(stdout: Writable, stderr: Writable): () => void {
  const substitute = new Console({ stdout, stderr, colorMode: process.stdout.hasColors?.() ?? false });
  const before = methods.map((method) => [method, Object.getOwnPropertyDescriptor(console, method) ?? {}] as const);
  for (const method of methods)
    Object.defineProperty(console, method, { value: substitute[method], writable: true, enumerable: true, configurable: true });
  return () => {
    for (const [method, descriptor] of before) Object.defineProperty(console, method, descriptor);
  };
}

function replaceWrite(target: NodeJS.WriteStream, record: (text: string) => void): () => void {
  const before = target.write;
  target.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    const decode = typeof encoding === "string" && Buffer.isEncoding(encoding) ? encoding : "utf8";
    record(Buffer.from(typeof chunk === "string" ? Buffer.from(chunk, decode) : chunk).toString());
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

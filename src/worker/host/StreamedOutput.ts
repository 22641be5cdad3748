/**
 * The output of one future as its user would have seen it at home: each console method formatted by a `Console`
 * of the future's own (groups, counters and timers are its alone), stream writes decoded to text.
 */

import { Console } from "node:console";
import { StringDecoder } from "node:string_decoder";
import { formatWithOptions } from "node:util";
import type { ConsoleMethod, OutputEntry } from "../../protocol/messages.ts";
import { OutputBuffer } from "../OutputBuffer.ts";
import type { OutputSettings, PrintMethod, TaskOutput } from "../WorkerHost.ts";
import { now } from "./originals.ts";

export class StreamedOutput implements TaskOutput {
  readonly #buffer: OutputBuffer;
  readonly #level: () => number;
  readonly #columns: number | undefined;
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  #console: Console | undefined;
  #printed = "";

  constructor(
    settings: OutputSettings,
    live: ((entries: readonly OutputEntry[]) => void) | undefined,
    level: () => number = () => settings.colors,
  ) {
    this.#buffer = new OutputBuffer({ limit: settings.outputLimit, live, now });
    this.#level = level;
    this.#columns = settings.columns;
  }

  write(stream: "stdout" | "stderr", chunk: string | Uint8Array, encoding: string | undefined): void {
    const text = typeof chunk === "string" && isText(encoding) ? chunk : this.#decoders[stream].write(toBuffer(chunk, encoding));
    if (text !== "") this.#buffer.push({ type: stream, text });
  }

  print(method: PrintMethod, args: readonly unknown[]): void {
    this.#printed = "";
    this.#console ??= this.#makeConsole();
    if (method === "trace") this.#trace(this.#console, args);
    else Reflect.apply(this.#console[method], this.#console, args);
    if (this.#printed === "") return;
    this.#buffer.push({ type: "console", method: travelName(method), text: this.#printed.replace(/\n$/, "") });
  }

  warn(warning: OutputEntry): void {
    this.#buffer.push(warning);
  }

  finish(): readonly OutputEntry[] {
    for (const stream of ["stdout", "stderr"] as const) {
      const rest = this.#decoders[stream].end();
      if (rest !== "") this.#buffer.push({ type: stream, text: rest });
    }
    return this.#buffer.finish();
  }

  /** Node's own `trace` would show the lines of this program. */
  #trace(console: Console, args: readonly unknown[]): void {
    const holder: { stack?: string } = {};
    Error.captureStackTrace(holder, globalThis.console.trace);
    const frames = (holder.stack ?? "").split("\n").slice(1);
    const title = args.length === 0 ? "Trace" : `Trace: ${formatWithOptions({ colors: this.#level() > 0 }, ...args)}`;
    console.error("%s", [title, ...frames].join("\n"));
  }

  #makeConsole(): Console {
    const sink = {
      columns: this.#columns,
      write: (text: string): boolean => {
        this.#printed += text;
        return true;
      },
    };
    const stream = sink as unknown as NodeJS.WritableStream; // `Console` calls nothing but `write` when errors are not ignored
    return new Console({ stdout: stream, stderr: stream, colorMode: this.#level() > 0, ignoreErrors: false });
  }
}

/** Methods that the protocol does not know go by the name of one that prints alike. */
const aliases: Partial<Record<PrintMethod, ConsoleMethod>> = { dirxml: "log", countReset: "count", timeEnd: "time", timeLog: "time" };

function travelName(method: PrintMethod): ConsoleMethod {
  return aliases[method] ?? (method as ConsoleMethod); // all others are
}

function isText(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === "utf8" || encoding === "utf-8";
}

function toBuffer(chunk: string | Uint8Array, encoding: string | undefined): Buffer {
  if (typeof chunk !== "string") return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(chunk, encoding !== undefined && Buffer.isEncoding(encoding) ? encoding : "utf8");
}

/**
 * `workerProgram.ts` of a library that was shipped to a worker on another host: there are no files, only texts, which the build has put in. Workers
 * that are started there, and those that these start, get them in turn.
 */

/** Texts of the built files; that of the worker is a script. */
declare const SHIPPED_WORKER: string;
declare const SHIPPED_CHUNKS: string;
declare const SHIPPED_STREAMS: string;
/** The URL of the shipped library: itself as a text. */
declare const SHIPPED_LIBRARY: string;

const worker = SHIPPED_WORKER;
const workerModule = `import{createRequire}from"node:module";const require=createRequire("file:///futureplan/dist/engine.js");${worker}`;
const chunks = SHIPPED_CHUNKS;
const streams = SHIPPED_STREAMS;

export function workerProgramUrl(): URL {
  return new URL(asUrl(workerModule));
}

/** On a command line there is room for it, if only just: 128 KiB. */
export function workerProgramWords(): readonly string[] {
  return ["--input-type=module", "--eval", workerModule, "worker"];
}

/** It is in the program itself. */
export function resultsPath(): string {
  return "";
}

export function chunksUrl(): URL {
  return new URL(shippedChunks());
}

export function randomUrl(): URL {
  return new URL(shippedStreams());
}

export function libraryUrl(): URL {
  return new URL(SHIPPED_LIBRARY);
}

export function workerProgramText(): Uint8Array {
  return Buffer.from(worker);
}

export function shippedChunks(): string {
  return asUrl(chunks);
}

export function shippedStreams(): string {
  return asUrl(streams);
}

export function shippedLibrary(): string {
  return SHIPPED_LIBRARY;
}

function asUrl(source: string): string {
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}

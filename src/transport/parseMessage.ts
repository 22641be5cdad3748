/** The border where received data becomes a message: its `type` must belong to the closed union. */

import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";

const workerTypes: Record<WorkerMessage["type"], true> = {
  ready: true,
  started: true,
  output: true,
  progress: true,
  outcome: true,
  fault: true,
  pong: true,
};

const hostTypes: Record<HostMessage["type"], true> = {
  init: true,
  define: true,
  forget: true,
  task: true,
  batch: true,
  cancel: true,
  ping: true,
  close: true,
};

/** A message of a worker. Throws when the data is none. */
export function parseWorkerMessage(data: unknown): WorkerMessage {
  if (isOneOf<WorkerMessage>(data, workerTypes)) return data;
  throw new Error(`unknown message ${describe(data)}`);
}

/** A message of the host. Throws when the data is none. */
export function parseHostMessage(data: unknown): HostMessage {
  if (isOneOf<HostMessage>(data, hostTypes)) return data;
  throw new Error(`unknown message ${describe(data)}`);
}

function isOneOf<M>(data: unknown, allowed: Readonly<Record<string, true>>): data is M {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string" && Object.hasOwn(allowed, data.type);
}

function describe(data: unknown): string {
  const type = typeof data === "object" && data !== null && "type" in data ? data.type : data;
  return JSON.stringify(String(type).slice(0, 80));
}

/** The border where received data becomes a message: its `type` must belong to the closed union. */

import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";
import { unpackHostQuick, unpackWorkerQuick } from "./quickMessage.ts";

const workerTypes: Record<WorkerMessage["type"], true> = {
  ready: true,
  started: true,
  output: true,
  progress: true,
  outcome: true,
  fault: true,
  pong: true,
  want: true,
};

const hostTypes: Record<HostMessage["type"], true> = {
  init: true,
  define: true,
  forget: true,
  task: true,
  batch: true,
  cancel: true,
  ping: true,
  library: true,
  close: true,
};

/** A message of a worker, or its short text. Throws when the data is neither. */
export function parseWorkerMessage(given: unknown): WorkerMessage {
  const data = typeof given === "string" ? unpackWorkerQuick(JSON.parse(given)) : given;
  if (isOneOf<WorkerMessage>(data, workerTypes)) return data;
  throw new Error(`unknown message ${describe(data)}`);
}

/** A message of the host, or its short text. Throws when the data is neither. */
export function parseHostMessage(given: unknown): HostMessage {
  const data = typeof given === "string" ? unpackHostQuick(JSON.parse(given)) : given;
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

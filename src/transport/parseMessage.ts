/** The border where received data becomes a message: its `type` must belong to the closed union. */

import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";
import { damagedText } from "./damagedText.ts";
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
  const data = typeof given === "string" ? unpackWorkerQuick(parseText(given)) : given;
  if (isOneOf<WorkerMessage>(data, workerTypes)) return data;
  throw new Error(`unknown message ${describe(data)}`);
}

/** A message of the host, or its short text. Throws when the data is neither. */
export function parseHostMessage(given: unknown): HostMessage {
  const data = typeof given === "string" ? unpackHostQuick(parseText(given)) : given;
  if (isOneOf<HostMessage>(data, hostTypes)) return data;
  throw new Error(`unknown message ${describe(data)}`);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damagedText(text);
  }
}

function isOneOf<M>(data: unknown, allowed: Readonly<Record<string, true>>): data is M {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string" && Object.hasOwn(allowed, data.type);
}

/** Only the types of messages are names; the rest is data. */
function describe(data: unknown): string {
  if (typeof data !== "object" || data === null || !("type" in data)) return `without a type (${typeof data})`;
  return typeof data.type === "string" ? JSON.stringify(data.type.slice(0, 80)) : `with a type that is no text (${typeof data.type})`;
}

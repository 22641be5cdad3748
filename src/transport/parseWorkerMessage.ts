/**
 * The border at home: received data becomes a message of a worker if it has that message's shape, and goes no further if not. What
 * is damaged inside an encoded value shows when the value is rebuilt, and is then the failure of that one future.
 */

import type { ConsoleMethod, OutputEntry, WorkerMessage } from "../protocol/messages.ts";
import { protocolVersion } from "../protocol/version.ts";
import { parseText } from "./parseText.ts";
import { unpackWorkerQuick } from "./quickMessage.ts";
import {
  areDefinitions,
  checkedMessage,
  fieldsOf,
  isCount,
  isEncoded,
  isFinite,
  isFlag,
  isNumber,
  isText,
  listOf,
  oneByType,
  oneOf,
  optional,
  shapeOf,
  type Shape,
  type Test,
} from "./shapes.ts";

const methods: Readonly<Record<ConsoleMethod, true>> = {
  log: true,
  info: true,
  debug: true,
  warn: true,
  error: true,
  trace: true,
  dir: true,
  table: true,
  group: true,
  groupCollapsed: true,
  groupEnd: true,
  count: true,
  time: true,
  assert: true,
};

const entries: Readonly<Record<OutputEntry["type"], Test>> = {
  stdout: fieldsOf({ text: isText }),
  stderr: fieldsOf({ text: isText }),
  console: fieldsOf({ method: (name) => typeof name === "string" && Object.hasOwn(methods, name), text: isText }),
  warning: fieldsOf({ name: isText, message: isText, code: optional(isText), stack: optional(isText) }),
};
const areEntries = listOf(oneByType(entries));
const areCounts = listOf(isCount);

/** The handshake of another version may look otherwise: its number is all that counts. */
const ours = fieldsOf({ node: isText, pid: isCount, thread: isCount, host: isText });

const shapes: Readonly<Record<WorkerMessage["type"], Shape>> = {
  ready: shapeOf({ protocol: isNumber }),
  started: shapeOf({ task: isCount, at: isFinite }),
  output: shapeOf({ task: optional(isCount), entries: areEntries }),
  progress: shapeOf({ task: isCount, fraction: isNumber, message: optional(isText) }),
  outcome: shapeOf({
    task: isCount,
    status: oneOf("value", "error", "unbegun"),
    body: isEncoded,
    definitions: areDefinitions,
    output: areEntries,
    started: isFinite,
    finished: isFinite,
    left: listOf(isText),
    spent: isFlag,
    chunk: optional(fieldsOf({ failed: areCounts, written: areCounts })),
    drew: optional(isText),
  }),
  fault: shapeOf({ during: oneOf("init", "setup", "async"), tasks: areCounts, body: isEncoded }),
  pong: shapeOf({}),
  want: shapeOf({}),
};

/** A message of a worker, or its short text. Throws when the data is neither. */
export function parseWorkerMessage(given: unknown): WorkerMessage {
  if (typeof given === "string") return unpackWorkerQuick(parseText(given));
  const message = checkedMessage<WorkerMessage>(given, shapes);
  if (message.type === "ready" && message.protocol === protocolVersion && !ours(message)) throw new Error("a handshake without its facts");
  return message;
}

/**
 * A short form for the two messages that small futures consist of: a task with plain arguments and its plain value.
 * JSON of a flat list takes a fifth of the time of V8's serialization, and a text is cloned to another thread faster than an object. Whatever JSON would change even slightly
 * (`-0`, holes, shared references, …) is left to V8; `undefined` travels as `{}`, since no other object occurs.
 */

import type { Encoded } from "../codec/Encoded.ts";
import type { HostMessage, OutcomeMessage, TaskMessage, WorkerMessage } from "../protocol/messages.ts";

/** Longer lists gain nothing. */
const limit = 64;
/** Longer strings are copied faster by structured clone. */
const textLimit = 4096;
/** In place of the root among the fixups' containers. */
const rootMark: readonly never[] = [];

/** The message as a text that begins with `[`; `undefined`: it does not fit the short form. */
export function packQuick(message: HostMessage | WorkerMessage): string | undefined {
  if (message.type === "task") return packTask(message);
  return message.type === "outcome" ? packOutcome(message) : undefined;
}

/** The message of such a text. Throws when it is damaged. */
export function unpackQuick(text: string): unknown {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error("a short message is no list");
  const [kind, ...rest] = revived(list);
  return kind === "task" ? unpackTask(rest) : unpackOutcome(rest);
}

function packTask(message: TaskMessage): string | undefined {
  const { body, dependencies, modules, seed } = message;
  if (message.map !== undefined || dependencies.length > 0 || modules.length > 0 || seed !== false || !isFlat(body)) return undefined;
  const { task, future, label, index, attempt, output, announce } = message;
  return textOf([
    "task",
    task,
    future,
    label,
    index,
    attempt,
    output,
    announce,
    body.root,
    body.specials,
    body.fixups?.map((part) => (part === body.root ? rootMark : part)),
  ]);
}

function unpackTask([task, future, label, index, attempt, output, announce, root, specials, fixups]: readonly unknown[]): unknown {
  const parts = Array.isArray(fixups) ? fixups.map((part: unknown) => (Array.isArray(part) ? root : part)) : undefined;
  const body = { root, ...(specials !== undefined && { specials }), ...(parts !== undefined && { fixups: parts }) };
  return { type: "task", task, future, body, dependencies: [], label, index, attempt, output, modules: [], seed: false, announce };
}

function packOutcome(message: OutcomeMessage): string | undefined {
  const { body, definitions, output, left, spent } = message;
  if (
    definitions.length > 0 ||
    output.length > 0 ||
    left.length > 0 ||
    spent ||
    message.chunk !== undefined ||
    body.specials !== undefined ||
    !isFlat(body)
  )
    return undefined;
  return textOf(["outcome", message.task, message.status, body.root, message.started, message.finished]);
}

function unpackOutcome([task, status, root, started, finished]: readonly unknown[]): unknown {
  return { type: "outcome", task, status, body: { root }, definitions: [], output: [], started, finished, left: [], spent: false };
}

function isFlat({ root, specials, fixups, fills }: Encoded): boolean {
  if (fills !== undefined || !(isExact(root) || isFlatList(root))) return false;
  if (specials !== undefined && !(specials.length <= limit && specials.every(isFlatList))) return false;
  return fixups === undefined || (fixups.length <= limit && fixups.every((part) => part === root || isExact(part)));
}

function isFlatList(list: unknown): boolean {
  // As many keys as items: neither holes nor properties of its own.
  return Array.isArray(list) && list.length <= limit && list.every(isExact) && Object.keys(list).length === list.length;
}

/** Whether JSON gives the value back as it is. */
function isExact(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === "string") return value.length <= textLimit;
  return typeof value === "boolean" || value === undefined || value === null;
}

const absent = {};

function textOf(list: readonly unknown[]): string {
  return JSON.stringify(hidden(list));
}

/** A replacer function of `JSON.stringify` would take longer than V8's serialization. */
function hidden(list: readonly unknown[]): unknown[] {
  return list.map((item) => (item === undefined ? absent : Array.isArray(item) ? hidden(item) : item));
}

function revived(list: readonly unknown[]): unknown[] {
  return list.map((item) => (Array.isArray(item) ? revived(item) : typeof item === "object" && item !== null ? undefined : item));
}

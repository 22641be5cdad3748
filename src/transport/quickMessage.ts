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
const nothing: readonly never[] = [];

/** Home: the message as a text that begins with `[`; `undefined`: it does not fit the short form. */
export function packHostQuick(message: HostMessage): string | undefined {
  if (message.type === "task") return packTask(message);
  return message.type === "batch" ? packBatch(message.tasks) : undefined;
}

/** The worker: the same. */
export function packWorkerQuick(message: WorkerMessage): string | undefined {
  return message.type === "outcome" ? packOutcome(message) : undefined;
}

/** The worker: the message of a list that such a text is. Throws when it is damaged. */
export function unpackHostQuick(list: unknown): unknown {
  const [kind, ...rest] = listOf(list);
  if (kind === "batch") return { type: "batch", tasks: rest.map(unpackHostQuick) };
  if (kind === "watch") return { ...unpackTaskQuick(rest[1]), seed: rest[0] };
  return unpackTaskQuick(list);
}

function unpackTaskQuick(list: unknown): object {
  const [kind, ...rest] = listOf(list);
  return kind === "call" ? unpackCall(rest) : unpackTask(revived(rest));
}

function listOf(list: unknown): readonly unknown[] {
  if (!Array.isArray(list)) throw new Error("a short message is no list");
  return list;
}

function packBatch(tasks: readonly TaskMessage[]): string | undefined {
  const texts: string[] = [];
  for (const task of tasks) {
    const text = packTask(task);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return `["batch",${texts.join()}]`;
}

function packTask(message: TaskMessage): string | undefined {
  const { body, dependencies, modules, seed } = message;
  if (message.map !== undefined || dependencies.length > 0 || modules.length > 0) return undefined;
  if (seed !== false) return typeof seed === "string" ? packWatched(message, seed) : undefined;
  const { task, future, label, index, attempt, output, announce, place, ahead } = message;
  const constant = isUsual(message) ? constantOf(body) : undefined;
  if (constant !== undefined) return packCall(message, constant);
  if (!isFlat(body)) return undefined;
  const fixups = body.fixups?.map((part) => (part === body.root ? rootMark : part));
  return textOf(["task", task, future, label, index, attempt, output, announce, place, ahead, body.root, body.specials, fixups]);
}

/** A task without a seed whose random numbers are watched for. */
function packWatched(message: TaskMessage, watch: string): string | undefined {
  const text = packTask({ ...message, seed: false });
  return text === undefined ? undefined : `["watch","${watch}",${text}]`;
}

/** It has nothing that most tasks have not. */
function isUsual({ label, index, attempt, output, announce }: TaskMessage): boolean {
  return label === undefined && index === undefined && attempt === 1 && output === "relay" && !announce;
}

/** The call of a constant with plain arguments: nearly all that small futures are. */
function constantOf({ root, specials, fixups }: Encoded): string | undefined {
  const [special, other] = specials ?? [];
  const isCall = other === undefined && special?.[0] === "constant" && fixups?.length === 3 && fixups[0] === root && fixups[1] === 0;
  return isCall && Array.isArray(root) && typeof special[1] === "string" ? special[1] : undefined;
}

/** Put together by hand: there may be tens of thousands at once. Ids need no escapes. */
function packCall({ task, future, place, ahead, body: { root } }: TaskMessage, constant: string): string | undefined {
  let args = "";
  if (!Array.isArray(root)) return undefined;
  for (let at = 1; at < root.length; at++) {
    const arg: unknown = root[at];
    if (!isExact(arg)) return undefined;
    args += arg === undefined ? ",{}" : `,${JSON.stringify(arg)}`;
  }
  return `["call",${task},"${future}",${place ?? "{}"},${ahead},"${constant}"${args}]`;
}

function unpackCall([task, future, place, ahead, constant, ...args]: readonly unknown[]): object {
  const root = [undefined, ...revived(args)];
  const body = { root, specials: [["constant", constant]], fixups: [root, 0, 0] };
  return plainTask({
    task,
    future,
    body,
    label: undefined,
    index: undefined,
    attempt: 1,
    output: "relay",
    announce: false,
    place: plain(place),
    ahead,
  });
}

function unpackTask([task, future, label, index, attempt, output, announce, place, ahead, ...rest]: readonly unknown[]): object {
  const [root, specials, fixups] = rest;
  const parts = Array.isArray(fixups) ? fixups.map((part: unknown) => (Array.isArray(part) ? root : part)) : undefined;
  const body = { root, ...(specials !== undefined && { specials }), ...(parts !== undefined && { fixups: parts }) };
  return plainTask({ task, future, body, label, index, attempt, output, announce, place, ahead });
}

function plainTask(own: object): object {
  return { type: "task", ...own, dependencies: [], modules: [], seed: false };
}

function packOutcome(message: OutcomeMessage): string | undefined {
  const { body, definitions, output, left, spent } = message;
  if (
    definitions.length > 0 ||
    output.length > 0 ||
    left.length > 0 ||
    spent ||
    message.chunk !== undefined ||
    message.drew !== undefined ||
    body.specials !== undefined ||
    !isFlat(body)
  )
    return undefined;
  return textOf(["outcome", message.task, message.status, body.root, message.started, message.finished]);
}

/** Home: the same, and the border too: whatever it gives is a message. The list begins at `from`. */
export function unpackWorkerQuick(given: unknown, from: number = 0): OutcomeMessage {
  const list = listOf(given);
  const task = list[from + 1];
  const started = list[from + 4];
  const finished = list[from + 5];
  const status = list[from + 2];
  const root = list[from + 3];
  if (list[from] !== "outcome" || !isFiniteNumber(task) || !isFiniteNumber(started) || !isFiniteNumber(finished) || !isStatus(status))
    throw new Error("a short message is no outcome");
  return {
    type: "outcome",
    task,
    status,
    body: { root: Array.isArray(root) ? revived(root) : plain(root) },
    definitions: nothing,
    output: nothing,
    started,
    finished,
    left: nothing,
    spent: false,
  };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isStatus(value: unknown): value is OutcomeMessage["status"] {
  return value === "value" || value === "error" || value === "unbegun";
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
  return list.map((item) => (Array.isArray(item) ? revived(item) : plain(item)));
}

/** `undefined` travels as an object. */
function plain(item: unknown): unknown {
  return typeof item === "object" && item !== null ? undefined : item;
}

/**
 * The border in a worker, which trusts home: what would make it wait for ever or fail without a word is looked at, the rest is not. It
 * is part of every worker's program.
 */

import type { HostMessage } from "../protocol/messages.ts";
import { parseText } from "./parseText.ts";
import { unpackHostQuick } from "./quickMessage.ts";
import { areDefinitions, checkedMessage, fieldsOf, isCount, isEncoded, isNumber, isText, listOf, type Test } from "./shapes.ts";

const task = { task: isCount, future: isText, body: isEncoded, dependencies: listOf(isEncoded), modules: listOf(isText) };

const shapes: Readonly<Record<HostMessage["type"], Readonly<Record<string, Test>>>> = {
  // Of another version's, only the number is understood.
  init: { protocol: isNumber },
  define: { definitions: areDefinitions },
  forget: { blocks: listOf(isText) },
  task,
  batch: { tasks: listOf(fieldsOf(task)) },
  cancel: { task: isCount, reason: isText },
  ping: {},
  library: { url: isText },
  close: {},
};

/** A message of the host, or its short text. Throws when the data is neither. */
export function parseHostMessage(given: unknown): HostMessage {
  return checkedMessage<HostMessage>(typeof given === "string" ? unpackHostQuick(parseText(given)) : given, shapes);
}

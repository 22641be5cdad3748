/**
 * The border in a worker, which trusts home: what would make it wait for ever or fail without a word is looked at, the rest is not. It
 * is part of every worker's program.
 */

import type { HostMessage } from "../protocol/messages.ts";
import { parseText } from "./parseText.ts";
import { unpackHostQuick } from "./quickMessage.ts";
import { areDefinitions, checkedMessage, fieldsOf, isCount, isEncoded, isNumber, isText, listOf, shapeOf, type Shape } from "./shapes.ts";

const task = { task: isCount, future: isText, body: isEncoded, dependencies: listOf(isEncoded), modules: listOf(isText) };

const shapes: Readonly<Record<HostMessage["type"], Shape>> = {
  // Of another version's, only the number is understood.
  init: shapeOf({ protocol: isNumber }),
  define: shapeOf({ definitions: areDefinitions }),
  forget: shapeOf({ blocks: listOf(isText) }),
  task: shapeOf(task),
  batch: shapeOf({ tasks: listOf(fieldsOf(task)) }),
  everywhere: shapeOf({ body: isEncoded, modules: listOf(isText) }),
  environment: shapeOf({
    variables: listOf((pair) => Array.isArray(pair) && isText(pair[0]) && (pair[1] === undefined || isText(pair[1]))),
  }),
  cancel: shapeOf({ task: isCount, reason: isText }),
  ping: shapeOf({}),
  library: shapeOf({ url: isText }),
  close: shapeOf({}),
};

/** A message of the host, or its short text. Throws when the data is neither. */
export function parseHostMessage(given: unknown): HostMessage {
  return checkedMessage<HostMessage>(typeof given === "string" ? unpackHostQuick(parseText(given)) : given, shapes);
}

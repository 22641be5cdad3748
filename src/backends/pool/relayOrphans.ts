/** Output of a worker that belongs to no future (its `setup`, a timer left behind) appears at home as it comes. */

import type { ConsoleMethod, OutputEntry } from "../../protocol/messages.ts";

const onStderr: ReadonlySet<ConsoleMethod> = new Set(["warn", "error", "trace", "assert"]);

export function relayOrphans(entries: readonly OutputEntry[]): void {
  for (const entry of entries) relay(entry);
}

function relay(entry: OutputEntry): void {
  switch (entry.type) {
    case "stdout":
    case "stderr":
      process[entry.type].write(entry.text);
      break;
    case "console":
      process[onStderr.has(entry.method) ? "stderr" : "stdout"].write(`${entry.text}\n`);
      break;
    case "warning":
      if (isRepeated(entry)) return;
      process.emitWarning(entry.message, { type: entry.name, ...(entry.code === undefined ? {} : { code: entry.code }) });
      break;
  }
}

const told = new Set<string>();

/** What every worker finds when it starts is said once. */
function isRepeated({ code, message }: { readonly code: string | undefined; readonly message: string }): boolean {
  if (code !== "FUTURE_SIDE_EFFECT_IMPORT") return false;
  const isKnown = told.has(message);
  told.add(message);
  return isKnown;
}

/** Inputs of the wire that once did harm, or that stand for a kind of damage: each is noticed, and does no harm. See `corpus/wire/README.md`. */

import { readdirSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { ProtocolMismatch } from "../src/errors/errors.ts";
import { findBootReport } from "../src/launchers/remoteWorker.ts";
import { readMessages } from "../src/transport/messageStream.ts";
import { parseHostMessage } from "../src/transport/parseHostMessage.ts";
import { addText, ThreadMemory, wake } from "../src/transport/threadMemory.ts";
import { hearStream, hearThread, type Heard } from "./wire/listeners.ts";
import { trespasses } from "./wire/trespasses.ts";

interface Entry {
  readonly about: string;
  /** Who reads it: home from a stream, home from a thread's shared memory, home as first words from elsewhere, or a worker. */
  readonly to: "home" | "ring" | "boot" | "worker";
  readonly base64: string;
  readonly text: string;
}

const folder = new URL("corpus/wire/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** Whether home, or the worker, noticed that something was wrong. */
async function isNoticed({ to, base64, text }: Entry): Promise<boolean> {
  switch (to) {
    case "home":
      return isHeard(() => hearStream([Buffer.from(base64, "base64")]));
    case "ring": {
      const memory = new ThreadMemory();
      addText(memory, text);
      return isHeard(() => hearThread([wake], memory.buffer));
    }
    case "boot":
      return findBootReport(text) === undefined;
    case "worker":
      return isRefused(Buffer.from(base64, "base64"));
  }
}

async function isHeard(hear: () => Promise<Heard>): Promise<boolean> {
  let hearing: Promise<Heard> | undefined;
  expect(trespasses(() => void (hearing = hear()))).toBeUndefined();
  const heard = await hearing;
  expect(heard?.wrong).toBeUndefined();
  return heard?.noticed === true;
}

function isRefused(stream: Uint8Array): boolean {
  const readable = new Readable({ read: () => undefined });
  const ends: unknown[] = [];
  readMessages(readable, parseHostMessage, { message: () => undefined, ended: (error) => ends.push(error) });
  readable.emit("data", stream);
  return ends[0] instanceof ProtocolMismatch;
}

it.each(names)("%s is noticed and does no harm", async (name) => {
  const entry = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Entry;
  expect(await isNoticed(entry), entry.about).toBe(true);
});

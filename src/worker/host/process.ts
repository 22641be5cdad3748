/** A worker that is a process of its own: frames go over one stream, so user output on 1 and 2 never mixes with them. */

import { writeSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { MessageWriter, readMessages } from "../../transport/messageStream.ts";
import { parseHostMessage } from "../../transport/parseMessage.ts";
import { serve } from "../serve.ts";
import type { WorkerChannel } from "../WorkerHost.ts";
import { makeHost } from "./makeHost.ts";

/** Serves the process at the other end of the streams. `marker`: descriptor of a file that keeps the number of the last task begun. */
export function serveProcess(readable: Readable, writable: Writable, marker: number | undefined): void {
  const memory = process.memoryUsage.rss.bind(process.memoryUsage);
  serve(streamEnd(readable, writable), makeHost({ markStart: fileMarker(marker), memory }));
}

/** One small write to a file that nobody waits for; a message would cost home a wake-up for every task. */
function fileMarker(descriptor: number | undefined): (task: number) => void {
  if (descriptor === undefined) return () => undefined;
  const number = new Int32Array(1);
  return (task) => {
    number[0] = task;
    writeSync(descriptor, number, 0, number.byteLength, 0);
  };
}

function streamEnd(readable: Readable, writable: Writable): WorkerChannel {
  const writer = new MessageWriter(writable, false);
  return {
    send: (message, transfer) => writer.send(message, transfer),
    listen(listener) {
      writable.on("error", () => listener.closed());
      readMessages(readable, parseHostMessage, {
        message: listener.message,
        ended: (error, rest) => (error !== undefined && rest ? listener.damaged(error) : listener.closed()),
      });
    },
    flush: (done) => writer.flush(done),
  };
}

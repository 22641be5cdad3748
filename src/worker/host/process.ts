/** A worker that is a process of its own: frames go over one stream, so user output on 1 and 2 never mixes with them. */

import type { Readable, Writable } from "node:stream";
import { defaultFrameLimits, type FrameLimits } from "../../protocol/frame.ts";
import { claimInFile } from "../../transport/fileLedger.ts";
import { MessageWriter, readMessages } from "../../transport/messageStream.ts";
import { packWorkerQuick } from "../../transport/quickMessage.ts";
import { parseHostMessage } from "../../transport/parseHostMessage.ts";
import { serve } from "../serve.ts";
import type { WorkerChannel } from "../WorkerHost.ts";
import { makeHost } from "./makeHost.ts";

/** Serves the process at the other end of the streams. `ledger`: descriptor of the file that is its ledger, if there is one. */
export function serveProcess(readable: Readable, writable: Writable, ledger: number | undefined): void {
  // Ctrl-C in a terminal reaches all processes there; home decides what it means.
  process.on("SIGINT", () => undefined);
  const memory = process.memoryUsage.rss.bind(process.memoryUsage);
  const claim = (place: number, ahead: boolean): boolean => ledger === undefined || claimInFile(ledger, place, ahead);
  const channel = streamEnd(readable, writable);
  const taken = (): Promise<void> => new Promise((resolve) => channel.flush(resolve));
  serve(channel, makeHost({ claim, memory, taken }));
}

/** Home may do here what it likes: what it claims to send is given room at once, and never copied to a larger place. */
const trusting: FrameLimits = { ...defaultFrameLimits, trust: defaultFrameLimits.part };

function streamEnd(readable: Readable, writable: Writable): WorkerChannel {
  const writer = new MessageWriter(writable, packWorkerQuick, false);
  return {
    send: (message, transfer) => writer.send(message, transfer),
    listen(listener) {
      writable.on("error", () => listener.closed());
      readMessages(
        readable,
        parseHostMessage,
        {
          message: listener.message,
          ended: (error, rest) => (error !== undefined && rest ? listener.damaged(error) : listener.closed()),
        },
        trusting,
      );
    },
    flush: (done) => writer.flush(done),
  };
}

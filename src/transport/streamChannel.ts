/**
 * Channel to a worker at the other end of a byte stream: file descriptor 3 of a child process, a connection to
 * another host. The stream and what stands behind it (the process) end apart; `closed` tells both as one.
 */

import type { Readable, Writable } from "node:stream";
import { systemClock } from "../platform/clock.ts";
import type { HostMessage } from "../protocol/messages.ts";
import type { Channel, ChannelEnd, ChannelListener } from "./Channel.ts";
import { packHostQuick } from "./quickMessage.ts";
import type { Ledger } from "./Ledger.ts";
import { MessageWriter, readMessages } from "./messageStream.ts";
import { parseWorkerMessage } from "./parseWorkerMessage.ts";

/** A stream, and what stands behind it. */
export interface StreamLink {
  readonly readable: Readable;
  readonly writable: Writable;
  /** As `Channel.ledger`; final when `ended` has resolved. */
  readonly ledger?: Ledger | undefined;
  /** As `Channel.watched`. */
  readonly watched?: boolean | undefined;
  /** Resolves when what is behind the stream has ended, with what is known of its end. */
  readonly ended: Promise<ChannelEnd>;
  ref(): void;
  unref(): void;
  /** End what is behind the stream by force; `ended` tells when it is gone. */
  kill(): void;
}

/** Milliseconds for a process to end after it has closed its stream; then it is killed. */
const patience = 1000;

/** The host's end of a stream. */
export function streamChannel(link: StreamLink): Channel {
  return new StreamChannel(link);
}

class StreamChannel implements Channel {
  readonly ledger: Ledger | undefined;
  readonly watched: boolean | undefined;
  private readonly link: StreamLink;
  private readonly writer: MessageWriter<HostMessage>;
  private state: "open" | "killed" | "closed" = "open";

  constructor(link: StreamLink) {
    this.link = link;
    this.ledger = link.ledger;
    this.watched = link.watched;
    // Without a listener a failed write would end this process; the readable side tells of the end.
    link.writable.on("error", () => this.link.readable.destroy());
    this.writer = new MessageWriter(link.writable, packHostQuick, true);
  }

  /** `transfer` is of no use here: what is sent is a snapshot already, and no copy of it is made. */
  send(message: HostMessage): void {
    if (this.state === "open") this.writer.send(message);
  }

  listen(listener: ChannelListener): void {
    const close = (end: ChannelEnd): void => {
      if (this.state === "closed") return;
      const killed = this.state === "killed";
      this.state = "closed";
      listener.closed(killed ? {} : end);
    };
    readMessages(this.link.readable, parseWorkerMessage, {
      message: (message) => {
        if (this.state === "open") listener.message(message);
      },
      ended: (error, rest) => {
        if (!rest) return void this.awaitEnd(error).then(close);
        close({ cause: error });
        void this.kill();
      },
    });
  }

  /** The stream is over: soon its process is, too. Its way to end explains an error of the stream, if it was a bad one. */
  private async awaitEnd(error: Error | undefined): Promise<ChannelEnd> {
    const timer = systemClock.after(patience, () => this.link.kill());
    const end = await this.link.ended;
    timer.cancel();
    const explained = end.cause !== undefined || (end.exitCode ?? 0) !== 0 || end.signal !== undefined;
    return error === undefined || explained ? end : { ...end, cause: error };
  }

  ref(): void {
    this.link.ref();
  }

  unref(): void {
    this.link.unref();
  }

  async kill(): Promise<void> {
    if (this.state === "open") this.state = "killed";
    this.link.kill();
    await this.link.ended;
    this.link.readable.destroy();
  }
}

/**
 * A channel carries messages to one worker and from it, in order. It knows nothing of futures.
 * Made by `threadChannel` and `streamChannel`, and by backends of users' own.
 */

import type { Ledger } from "./Ledger.ts";
import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";

/** Why a channel ended. Nothing is set when it was closed from here. */
export interface ChannelEnd {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  /** The last lines that the worker wrote on its standard error, unparsed. */
  readonly stderr?: string | undefined;
  readonly cause?: Error | undefined;
  /** The connection was lost: what the worker said last may not have come, so whether futures had begun is not known. */
  readonly cut?: boolean | undefined;
}

export interface ChannelListener {
  message(message: WorkerMessage): void;
  /** Called exactly once, after the last message. */
  closed(end: ChannelEnd): void;
}

export interface Channel {
  /**
   * What tells, without a message and even after a sudden death, which tasks have begun. Absent: the worker announces each
   * start by a message, and is sent nothing ahead.
   */
  readonly ledger?: Ledger | undefined;
  /**
   * Its end is noticed by itself, even that of a silent connection: the worker, which may be busy for long, need not answer pings. Absent: a worker that
   * does not answer counts as lost.
   */
  readonly watched?: boolean | undefined;
  /** Throws when the message cannot be cloned; a closed channel swallows it (`closed` tells). */
  send(message: HostMessage, transfer?: readonly ArrayBuffer[]): void;
  /** Must be called once, synchronously after the channel was made. */
  listen(listener: ChannelListener): void;
  /** Keep the home process alive while futures are pending, or not. */
  ref(): void;
  unref(): void;
  /** End the worker now, whatever it does; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The error of a channel whose bytes or messages make no sense, in one wording for all channels. */

import { ProtocolMismatch } from "../errors/errors.ts";
import { describeValue } from "../errors/words.ts";

/** `cause` is what was noticed: a `FrameError`, V8's complaint, an unknown message. */
export function protocolMismatch(cause: unknown): ProtocolMismatch {
  const what = cause instanceof Error ? cause.message : describeValue(cause);
  return new ProtocolMismatch(
    `The two ends of a channel do not understand each other: ${what}. ` +
      "Make sure that both run the same version of futureplan and that nothing else writes to the channel (file descriptor 3, or the thread's port).",
    { cause },
  );
}

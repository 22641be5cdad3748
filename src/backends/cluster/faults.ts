/** What keeps a host from being used, in words: at which host, in which step, what happened, what to do. */

import { LaunchError } from "../../errors/errors.ts";

/** The steps on the way to a worker, in order. */
export type Step = "configuration" | "connect" | "handshake" | "host key" | "authentication" | "channel" | "start";

/** The error for a host that cannot be used as things are. Trying again at once would not help. */
export function hostFault(host: string, step: Step, what: string, remedy: string, cause?: unknown): LaunchError {
  return new LaunchError(`Host ${host} failed at the step "${step}": ${what}. ${remedy}`, { cause });
}

/** The server dropped the connection before the handshake, as it does when too many are made at once: to be tried again. */
export class Dropped extends Error {
  override readonly name = "Dropped";
}

/** The connection has no channel left (`MaxSessions` of the server): to be tried on another one. */
export class NoChannel extends Error {
  override readonly name = "NoChannel";
}

export function textOf(cause: unknown): string {
  const error = cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause;
  return error instanceof Error ? error.message : String(error);
}

/** The socket could not be connected. */
export function connectFault(host: string, address: string, error: unknown): LaunchError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const what = connectTexts[code]?.(address) ?? `${address} could not be reached (${textOf(error)})`;
  const remedy =
    code === "ECONNREFUSED"
      ? "Start sshd there, or give its port: `user@host:port`."
      : code === "ENOTFOUND" || code === "EAI_AGAIN"
        ? "Check the spelling, or give HostName in the configuration of SSH."
        : "Check the address, the network and the firewall.";
  return hostFault(host, "connect", what, remedy, error);
}

const connectTexts: Readonly<Record<string, (address: string) => string>> = {
  ECONNREFUSED: (address) => `nothing listens at ${address} (ECONNREFUSED)`,
  ENOTFOUND: (address) => `the name in ${address} is not known (ENOTFOUND)`,
  EAI_AGAIN: (address) => `the name in ${address} could not be looked up (EAI_AGAIN)`,
};

const waits: Readonly<Record<string, string>> = {
  connect: "it did not answer",
  handshake: "it accepted the connection, but did not finish the SSH handshake",
  authentication: "it did not finish the authentication",
  channel: "it opened no channel",
};

/** Nothing came any more. */
export function slowFault(host: string, step: Step, milliseconds: number): LaunchError {
  return hostFault(
    host,
    step,
    `${waits[step] ?? "it did not answer"} within ${milliseconds} ms`,
    "Check that an SSH server that works listens there; more time is given by the plan option `connectTimeout`.",
  );
}

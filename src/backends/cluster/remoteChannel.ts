/** A worker on another host: a command over SSH, the worker's program piped to it, then the same stream of messages as to a process here. */

import type { Readable } from "node:stream";
import { findBootReport, leastNode, remoteStart, type BootReport } from "../../launchers/remoteWorker.ts";
import { systemClock } from "../../platform/clock.ts";
import { workerProgramText } from "../../platform/workerProgram.ts";
import type { HostSpec } from "../../plans/HostSpec.ts";
import type { PlanOptions } from "../../plans/PlanSpec.ts";
import type { Channel, ChannelEnd } from "../../transport/Channel.ts";
import { streamChannel } from "../../transport/streamChannel.ts";
import { LastLines } from "../LastLines.ts";
import type { Berth, ClusterHost } from "./ClusterHost.ts";
import { hostFault } from "./faults.ts";
import type { RemoteEnd } from "./Link.ts";
import { ShortUrls } from "./ShortUrls.ts";

/** Milliseconds that a worker may take to be killed; then its channel is given up, and the keeper sees to the rest. */
const lastGrace = 2000;
/** Characters of noise in which the first words are looked for. */
const noise = 64 * 1024;

/** Starts it. Rejects with `LaunchError` when the host cannot be used; what is wrong with its Node is told by the channel's end. */
export async function remoteChannel(host: ClusterHost, spec: HostSpec, { cwd, env, threadsPerWorker }: PlanOptions): Promise<Channel> {
  const program = workerProgramText();
  const { command, variables } = remoteStart({
    node: spec.node,
    env: { ...env, ...spec.env },
    cwd: spec.cwd ?? cwd,
    threadsPerWorker,
    size: program.length,
  });
  const worker = new RemoteWorker(spec, await host.run(command));
  const { readable, writable } = worker.berth.process;
  if (variables !== "") writable.write(variables);
  writable.write(program);
  return streamChannel({
    readable,
    writable,
    watched: true,
    ended: worker.ended,
    ref: () => worker.berth.hold(true),
    unref: () => worker.berth.hold(false),
    kill: () => worker.kill(),
  });
}

class RemoteWorker {
  readonly berth: Berth;
  readonly ended: Promise<ChannelEnd>;
  readonly #spec: HostSpec;
  readonly #lastLines = new LastLines();
  #report: BootReport | undefined;
  #isKilled = false;

  constructor(spec: HostSpec, berth: Berth) {
    this.#spec = spec;
    this.berth = berth;
    const { readable, stderr, ended } = berth.process;
    this.#listen(readable);
    const urls = new ShortUrls();
    stderr.on("data", (said: Uint8Array) => {
      const chunk = urls.shorten(said);
      this.#lastLines.push(chunk);
      // Whatever a login shell says before is kept for the case that it fails.
      if (this.#report !== undefined) process.stderr.write(chunk);
    });
    this.ended = ended.then((end) => this.#end(end));
  }

  /** By its number, since a worker that is blocked hears nothing; without one it has not begun to run, and ends with its input. */
  kill(): void {
    if (this.#isKilled) return;
    this.#isKilled = true;
    const { keeper, process } = this.berth;
    if (this.#report === undefined || !keeper.kill(this.#report.pid)) return process.close();
    const timer = systemClock.after(lastGrace, () => process.close());
    void process.ended.then(() => timer.cancel());
  }

  async #end(end: RemoteEnd): Promise<ChannelEnd> {
    if (this.#report !== undefined) this.berth.keeper.remove(this.#report.pid);
    await this.berth.leave();
    const stderr = this.#lastLines.toString();
    return { stderr, ...this.#explain(end) };
  }

  /** The other listener of the stream takes all of this for noise. */
  #listen(readable: Readable): void {
    let text = "";
    const listen = (chunk: Uint8Array): void => {
      text = (text + Buffer.from(chunk).toString("latin1")).slice(-noise);
      const report = findBootReport(text);
      if (report === undefined) return;
      readable.off("data", listen);
      this.#report = report;
      if (report.problem === undefined) this.berth.keeper.add(report.pid);
    };
    readable.on("data", listen);
  }

  #explain(end: RemoteEnd): ChannelEnd {
    const { host, node } = this.#spec;
    const report = this.#report;
    if (report?.problem === "old") {
      const what = `Node ${report.node} was found there (\`${node}\`), but at least ${leastNode.join(".")} is needed`;
      return { cause: hostFault(host, "start", what, "Install a newer one, or give its path: `{ host, node }`.") };
    }
    if (report?.problem === "cwd") {
      return {
        cause: hostFault(host, "start", `its working directory could not be set (${report.text})`, "Give one that exists there by `cwd`."),
      };
    }
    if (report !== undefined || end.cause !== undefined || this.#isKilled) return { ...end, cut: end.cause !== undefined };
    if (end.exitCode === 127 || end.exitCode === 126) {
      const what = `Node could not be run there: \`${node}\` was ${end.exitCode === 127 ? "not found" : "not executable"}`;
      return { cause: hostFault(host, "start", what, 'Install Node, or give its path: `{ host, node: "/path/to/node" }`.') };
    }
    const how = end.signal ?? `exit code ${end.exitCode}`;
    return {
      cause: hostFault(host, "start", `the command ended with ${how} before Node was up`, `Try \`ssh ${host} ${node} --version\`.`),
    };
  }
}

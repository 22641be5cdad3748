/**
 * Starts the process under chaos, brings about what it asks for on other machines, and looks after its end: it must end by
 * itself, and nothing of its session may be left.
 */

import { build, type Plugin } from "esbuild";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SshHosts } from "../cluster/support/SshHosts.ts";
import type { BackendName, EpisodeReport, HomeMessage, HomeSettings, HostVerb, Sample } from "./types.ts";

export interface HomeOptions {
  readonly backends: readonly BackendName[];
  readonly seed: number;
  readonly futures: number;
  readonly duration?: number;
  readonly hosts?: SshHosts;
  readonly onReport?: (report: EpisodeReport, sample: Sample) => void;
}

export interface HomeRun {
  readonly reports: readonly EpisodeReport[];
  readonly samples: readonly Sample[];
  readonly code: number | null;
  readonly signal: string | null;
  /** Files that were left in the folder for temporary ones. */
  readonly files: readonly string[];
  /** Processes of its session that outlived it. */
  readonly survivors: readonly string[];
  readonly stderr: string;
}

/** The library as it was built; its users' code is not in a `node_modules`, so neither is the bundle. */
const built: Plugin = {
  name: "built",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^futureplan(\/random)?$/ }, ({ path }) => ({
      path: new URL(`../../dist/${path === "futureplan" ? "index" : "random"}.js`, import.meta.url).href,
      external: true,
    })),
};

export async function startHome({ backends, seed, futures, duration = 0, hosts, onReport }: HomeOptions): Promise<HomeRun> {
  const directory = mkdtempSync(join(tmpdir(), "futureplan-chaos-"));
  const temporary = mkdtempSync(join(directory, "tmp-"));
  const settings: HomeSettings = {
    backends,
    seed,
    futures,
    duration,
    directory,
    mark: directory,
    hosts: hosts && { names: hosts.names, config: hosts.config },
  };
  try {
    await build({
      entryPoints: [fileURLToPath(new URL("home/main.ts", import.meta.url))],
      outfile: join(directory, "home.mjs"),
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      plugins: [built],
      sourcemap: "inline",
    });
    return { ...(await run(settings, temporary, hosts, onReport)), files: readdirSync(temporary) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(
  settings: HomeSettings,
  temporary: string,
  hosts: SshHosts | undefined,
  onReport: HomeOptions["onReport"],
): Promise<Omit<HomeRun, "files">> {
  const { FUTURE_PLAN: _plan, FUTURE_WORKERS: _workers, NODE_OPTIONS: _options, ...env } = process.env;
  const home = spawn(
    process.execPath,
    ["--expose-gc", "--enable-source-maps", join(settings.directory, "home.mjs"), JSON.stringify(settings)],
    {
      env: { ...env, TMPDIR: temporary, NODE_NO_WARNINGS: "1", CHAOS_MARK: settings.mark },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      detached: true, // a session of its own, by which what outlives it is found
    },
  );
  const reports: EpisodeReport[] = [];
  const samples: Sample[] = [];
  let stderr = "";
  home.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-20_000)));
  home.on("message", (message: HomeMessage) => {
    if (message.type === "verb" && hosts !== undefined) {
      void bringAbout(hosts, message.host, message.verb).then(() => home.connected && home.send({ id: message.id }));
    } else if (message.type === "report") {
      reports.push(message.report);
      samples.push(message.sample);
      onReport?.(message.report, message.sample);
    }
  });
  return new Promise((resolve, reject) => {
    home.on("error", reject);
    home.on("close", (code, signal) => {
      void survivorsOf(home.pid ?? 0).then((survivors) => resolve({ reports, samples, code, signal, survivors, stderr }));
    });
  });
}

async function bringAbout(hosts: SshHosts, host: string, verb: HostVerb): Promise<void> {
  switch (verb) {
    case "kill":
      return hosts.kill(host, "process.argv[1],/base64/"); // a worker: a Node with its program on the command line
    case "session":
      return hosts.kill(host, "@notty");
    case "linkDown":
      return hosts.link(host, "down");
    case "linkUp":
      return hosts.link(host, "up");
    case "crash":
      return hosts.crash(host);
    case "boot":
      return hosts.boot(host);
  }
}

/** Nobody tells of the end of a process that is not a child: those that are ending are given a moment. */
async function survivorsOf(session: number): Promise<readonly string[]> {
  for (let rest = 50; rest > 0; rest--) {
    if (processesOf(session).length === 0) return [];
    await new Promise((done) => setTimeout(done, 100));
  }
  return processesOf(session);
}

function processesOf(session: number): string[] {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const [state, , , of] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(of) === session && state !== "Z"
        ? [`${entry} ${readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ")}`]
        : [];
    } catch {
      return []; // it has ended
    }
  });
}

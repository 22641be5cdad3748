/**
 * The worker's program: answers the host's messages until it is told to close or its channel ends.
 * After `init` it prepares itself (loaders, strata, setup function) and only then says `ready`.
 */

import type { Encoded } from "../codec/Encoded.ts";
import type { ResultEncoder } from "../codec/encode/resultEncoder.ts";
import type { EffectFailed } from "../codec/Imports.ts";
import { Linker } from "../codec/Linker.ts";
import type {
  BatchMessage,
  CancelMessage,
  DefineMessage,
  FaultMessage,
  ForgetMessage,
  HostMessage,
  InitMessage,
  LibraryMessage,
  OutputEntry,
  TurnMessage,
} from "../protocol/messages.ts";
import { protocolVersion } from "../protocol/version.ts";
import { currentSession } from "../session/currentSession.ts";
import { encodeError, encodePlainError } from "./encodeError.ts";
import { Runner } from "./Runner.ts";
import { runEverywhere } from "./runEverywhere.ts";
import { watchHome } from "./watchHome.ts";
import type { WorkerChannel, WorkerHost } from "./WorkerHost.ts";

/** Serves one host, for ever. */
export function serve(channel: WorkerChannel, host: WorkerHost): void {
  const program = new Program(channel, host);
  channel.listen({
    message: (message) => program.message(message),
    damaged: (error) => program.damaged(error),
    closed: () => host.exit(0),
  });
  host.onAsyncError((error) => program.fault("async", error));
}

const nothing: readonly never[] = [];

class Program {
  readonly #channel: WorkerChannel;
  readonly #host: WorkerHost;
  readonly #linker: Linker;
  #library: string | Promise<string> | undefined;
  #sent: (url: string) => void = () => undefined;
  /** Where the part that encodes results lies. */
  #resultsFile = "";
  #results: ResultEncoder | undefined;
  /** To what an error that belongs to no task is put down. */
  #stage: FaultMessage["during"] = "init";
  #runner: Runner | undefined;
  /** Unless the plan wants no imports for their effects. */
  #effectFailed: EffectFailed | undefined;
  #state: "open" | "closing" | "faulty" = "open";
  #heard: () => void = () => undefined;

  constructor(channel: WorkerChannel, host: WorkerHost) {
    this.#channel = channel;
    this.#host = host;
    const effectFailed = (): EffectFailed | undefined => this.#effectFailed;
    this.#linker = new Linker({
      results: () => this.#loadResults(),
      importLibrary: () => this.#importLibrary(),
      get effectFailed() {
        return effectFailed();
      },
    });
  }

  message(message: HostMessage): void {
    // To tell what was thrown may take the library.
    if (this.#state === "faulty" && message.type !== "library") return;
    this.#heard();
    this.#take(message);
  }

  #take(message: HostMessage): void {
    switch (message.type) {
      case "init":
        return this.#init(message);
      case "define":
      case "forget":
      case "library":
        return this.#learn(message);
      case "task":
      case "batch":
      case "everywhere":
      case "environment":
      case "cancel":
        return this.#run(message);
      case "ping":
        return this.#channel.send({ type: "pong" }, nothing);
      case "close":
        return this.#close();
    }
  }

  #close(): void {
    this.#state = "closing";
    if (this.#runner?.isIdle !== false) this.#exit(0);
  }

  #learn(message: DefineMessage | ForgetMessage | LibraryMessage): void {
    if (message.type === "define") this.#linker.define(message.definitions);
    else if (message.type === "forget") this.#linker.forget(message.blocks);
    else this.#sent(message.url);
  }

  #run(message: TurnMessage | BatchMessage | CancelMessage): void {
    if (message.type === "cancel") this.#runner?.cancel(message.task, message.reason);
    else if (message.type === "batch") this.#runner?.add(...message.tasks);
    else this.#runner?.add(message);
  }

  /** What home says makes no sense here. */
  damaged(error: Error): void {
    this.fault(this.#stage === "async" ? "async" : "init", error);
  }

  /** Tells home of an error that belongs to no future, then ends: nobody knows in which state the worker is. */
  fault(during: FaultMessage["during"], error: unknown): void {
    if (this.#state === "faulty") return;
    this.#state = "faulty";
    const tasks = this.#runner?.aboard() ?? nothing;
    const plain = (): Encoded => encodePlainError(this.#linker, error).body;
    void Promise.resolve(encodeError(this.#linker, error)).then(({ body, definitions }) => {
      try {
        this.#channel.send({ type: "fault", during, tasks, body: definitions.length > 0 ? plain() : body }, nothing);
      } catch {
        this.#channel.send({ type: "fault", during, tasks, body: plain() }, nothing); // the clone refused what the codec let pass
      }
      this.#exit(1);
    });
  }

  #init(message: InitMessage): void {
    const ready = (): void => this.#channel.send({ type: "ready", protocol: protocolVersion, ...this.#host.identity }, nothing);
    if (message.protocol !== protocolVersion) {
      ready();
      return this.#exit(0);
    }
    this.#resultsFile = message.results;
    const runner = this.#makeRunner(message);
    this.#runner = runner;
    if (message.heartbeat > 0) this.#heard = watchHome(this.#host, message.heartbeat, () => this.#host.exit(1));
    this.#prepare(message).then(
      () => {
        this.#stage = "async";
        ready();
        runner.open();
      },
      (error) => this.fault(this.#stage, error),
    );
  }

  #makeRunner(message: InitMessage): Runner {
    const runner = new Runner({
      channel: this.#channel,
      host: this.#host,
      linker: this.#linker,
      worker: message.worker,
      settings: message,
      concurrency: message.concurrency,
      maxMemory: message.maxMemory,
      everywhere: (step) => runEverywhere(this.#linker, this.#host, step),
      idle: () => {
        if (this.#state === "closing") this.#exit(0);
      },
    });
    if (message.sideEffectImports) {
      this.#effectFailed = (...failed) => outside(effectWarning(...failed));
    }
    const outside = (entry: OutputEntry): void => this.#channel.send({ type: "output", task: undefined, entries: [entry] }, nothing);
    this.#host.routeOutput({ inside: () => runner.here() !== undefined, here: () => runner.output(), outside }, message);
    currentSession().current = () => runner.here();
    currentSession().stream = () => runner.stream();
    currentSession().drew = (above) => runner.drew(above);
    return runner;
  }

  async #prepare(message: InitMessage): Promise<void> {
    if (message.cwd !== undefined) this.#host.changeDirectory(message.cwd);
    for (const url of message.loaders) register(await this.#host.importModule(url));
    this.#library = message.library;
    this.#linker.define(message.definitions);
    await this.#linker.imports(message.strata, message.setup);
    const strata = this.#linker.decode(message.strata);
    currentSession().worker = {
      name: message.worker,
      strata: Array.isArray(strata) ? strata : nothing,
      cores: message.cores,
      keep: (body) => this.#host.putBack.keep(body),
    };
    const setup = this.#linker.decode(message.setup);
    this.#stage = "setup";
    if (typeof setup === "function") await setup();
  }

  #loadResults(): ResultEncoder {
    this.#results ??= this.#host.loadResults(this.#resultsFile);
    return this.#results;
  }

  async #importLibrary(): Promise<Readonly<Record<string, unknown>>> {
    this.#library ??= new Promise((sent) => {
      this.#sent = sent;
      this.#channel.send({ type: "want" }, nothing);
    });
    const library = await this.#host.importModule(await this.#library);
    // One that was shipped is a mere loader, but publishes itself.
    return { ...(typeof library === "object" ? library : undefined), ...currentSession().library };
  }

  #exit(code: number): void {
    this.#channel.flush(() => this.#host.exit(code));
  }
}

function effectWarning(specifier: string, parentUrl: string, error: unknown): OutputEntry {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    type: "warning",
    name: "FutureWarning",
    message:
      `import ${JSON.stringify(specifier)} in ${parentUrl} failed in a worker: ${reason} Futures go on without its effect. ` +
      "Import it inside the future if it is needed there; the plan option sideEffectImports: false leaves such imports out.",
    code: "FUTURE_SIDE_EFFECT_IMPORT",
    stack: undefined,
  };
}

/** Loaders such as `tsx/esm/api` switch themselves on for this thread. */
function register(loader: unknown): void {
  if (typeof loader === "object" && loader !== null && "register" in loader && typeof loader.register === "function") loader.register();
}

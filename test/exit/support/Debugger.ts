/** A debugger that is attached to a home which was started with `--inspect-brk`, or with `--inspect` if it does not end by itself. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Home } from "./Home.ts";

const program = fileURLToPath(new URL("debuggerClient.mjs", import.meta.url));

/** An event has a method, a reply the number of what it replies to. */
interface Message {
  readonly method?: string;
  readonly id?: number;
}

export class Debugger {
  readonly #client: ChildProcessWithoutNullStreams;
  readonly #messages: Message[] = [];
  #wake: () => void = () => undefined;
  #sent = 0;
  #isGone = false;
  readonly #closed: Promise<unknown>;

  static async attach(home: Home): Promise<Debugger> {
    await home.complains("Debugger listening on ws://");
    await home.complains("/docs/inspector");
    const [url = ""] = /ws:\S+/.exec(home.stderr) ?? [];
    const made = new Debugger(url);
    await made.hears("open");
    await made.asks("Runtime.enable");
    await made.asks("Debugger.enable");
    return made;
  }

  private constructor(url: string) {
    this.#client = spawn(process.execPath, ["--experimental-websocket", "--no-warnings", program, url]);
    createInterface(this.#client.stdout).on("line", (line) => {
      this.#messages.push(JSON.parse(line) as Message);
      this.#wake();
    });
    this.#closed = once(this.#client, "close").then(() => {
      this.#isGone = true;
      this.#wake();
    });
  }

  /** Resolves with the reply. */
  async asks(method: string): Promise<void> {
    const id = ++this.#sent;
    this.#client.stdin.write(`${JSON.stringify({ id, method, params: {} })}\n`);
    await this.#next((message) => message.id === id);
  }

  /** Resolves with the next event of this name that nobody has waited for. */
  hears(method: string): Promise<void> {
    return this.#next((message) => message.method === method);
  }

  async #next(fits: (message: Message) => boolean): Promise<void> {
    for (;;) {
      const index = this.#messages.findIndex(fits);
      if (index >= 0) return void this.#messages.splice(index, 1);
      if (this.#isGone) throw new Error("the connection to the program is closed");
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async detach(): Promise<void> {
    this.#client.stdin.end();
    await this.#closed;
  }
}

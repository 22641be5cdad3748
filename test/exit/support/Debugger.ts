/** A debugger that is attached to a home which was started with `--inspect`. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Home } from "./Home.ts";

const program = fileURLToPath(new URL("debuggerClient.mjs", import.meta.url));

interface Message {
  readonly method?: string;
}

export class Debugger {
  readonly #client: ChildProcessWithoutNullStreams;
  readonly #messages: Message[] = [];
  #wake: () => void = () => undefined;
  #sent = 0;

  static async attach(home: Home): Promise<Debugger> {
    await home.complains("Debugger listening on ws://");
    await home.complains("/docs/inspector");
    const [url = ""] = /ws:\S+/.exec(home.stderr) ?? [];
    const made = new Debugger(url);
    await made.hears("open");
    made.send("Runtime.enable");
    made.send("Debugger.enable");
    return made;
  }

  private constructor(url: string) {
    this.#client = spawn(process.execPath, ["--experimental-websocket", "--no-warnings", program, url]);
    createInterface(this.#client.stdout).on("line", (line) => {
      this.#messages.push(JSON.parse(line) as Message);
      this.#wake();
    });
  }

  send(method: string, params: object = {}): void {
    this.#client.stdin.write(`${JSON.stringify({ id: ++this.#sent, method, params })}\n`);
  }

  /** Resolves with the next event of this name that nobody has waited for. */
  async hears(method: string): Promise<void> {
    for (;;) {
      const index = this.#messages.findIndex((message) => message.method === method);
      if (index >= 0) return void this.#messages.splice(index, 1);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async detach(): Promise<void> {
    this.#client.stdin.end();
    await once(this.#client, "exit");
  }
}

/**
 * The cable of a host that has no network of its own: a relay of TCP connections on 127.0.0.1 which can fall silent. Down means that bytes
 * stay where they are and nobody hears of the other's end; new connections are accepted by the kernel but answered only when it is up again.
 */

import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";

interface Pair {
  readonly client: Socket;
  /** Not yet there for connections that came while the cable was down. */
  server?: Socket;
}

export class LinkRelay {
  /** The port of the server behind the cable. */
  target = 0;
  #up = true;
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();

  private constructor(listener: Server) {
    this.#listener = listener;
    listener.on("connection", (client) => this.#accept(client));
    listener.unref();
  }

  static async open(): Promise<LinkRelay> {
    const listener = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
    await once(listener.listen(0, "127.0.0.1"), "listening");
    return new LinkRelay(listener);
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  down(): void {
    this.#up = false;
    for (const { client, server } of this.#pairs) {
      client.unpipe().pause();
      server?.unpipe().pause();
    }
  }

  up(): void {
    if (this.#up) return;
    this.#up = true;
    for (const pair of this.#pairs) this.#join(pair);
  }

  /** Resets all connections: what a rebooted host answers to those it had before. */
  cut(): void {
    for (const pair of this.#pairs) {
      this.#pairs.delete(pair);
      pair.client.resetAndDestroy();
      pair.server?.destroy();
    }
  }

  close(): void {
    this.#listener.close();
    this.cut();
  }

  #accept(client: Socket): void {
    const pair: Pair = { client };
    this.#pairs.add(pair);
    this.#watch(pair, client);
    if (this.#up) this.#join(pair);
  }

  #join(pair: Pair): void {
    const { client } = pair;
    if (pair.server === undefined && !client.destroyed) {
      pair.server = connect({ host: "127.0.0.1", port: this.target, allowHalfOpen: true, noDelay: true });
      this.#watch(pair, pair.server);
    }
    const { server } = pair;
    if (server === undefined || client.destroyed || server.destroyed) return this.#part(pair);
    client.pipe(server);
    server.pipe(client);
  }

  #watch(pair: Pair, socket: Socket): void {
    // "close" follows, and tells the other side.
    socket.on("error", () => undefined);
    socket.once("close", () => {
      if (this.#up) this.#part(pair);
    });
  }

  /** One side is gone: so is the other, after what it still has to send. */
  #part(pair: Pair): void {
    this.#pairs.delete(pair);
    for (const socket of [pair.client, pair.server]) {
      if (socket?.errored) socket.resetAndDestroy();
      else socket?.destroySoon();
    }
  }
}

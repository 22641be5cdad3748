// A debugger's side of its connection: each line of standard input is sent, each message that comes is a line of standard output.
// Runs with Node's own WebSocket: `--experimental-websocket` before Node 22.

import { createInterface } from "node:readline";

const socket = new WebSocket(process.argv[2]);
socket.onopen = () => console.log(JSON.stringify({ method: "open" }));
socket.onmessage = ({ data }) => console.log(data);
socket.onclose = () => process.exit();
createInterface(process.stdin)
  .on("line", (line) => socket.send(line))
  .on("close", () => socket.close());

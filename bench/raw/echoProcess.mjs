/** A process that sends every length-prefixed frame on descriptor 3 back. */
import { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";

const channel = new Socket({ fd: 3, readable: true, writable: true });
let rest = Buffer.alloc(0);
channel.on("data", (chunk) => {
  rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
    const length = rest.readUInt32LE(0);
    const body = serialize(deserialize(rest.subarray(4, 4 + length)));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    channel.write(Buffer.concat([head, body]));
    rest = rest.subarray(4 + length);
  }
});
channel.on("end", () => process.exit(0));

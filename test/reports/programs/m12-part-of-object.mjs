import { future } from "futureplan";
import { IncomingMessage } from "node:http"; import { Socket } from "node:net";
const req = Object.assign(new IncomingMessage(new Socket()), { body: { n: 4 } });
console.log(await future(() => req.body.n * 2).then((v) => v, (e) => e.message));
class Service { factor = 3; db = new Socket(); run(x) { return future(() => x * this.factor); } }
console.log(await new Service().run(2).then((v) => v, (e) => e.message));
// Prints:
// 8
// 6

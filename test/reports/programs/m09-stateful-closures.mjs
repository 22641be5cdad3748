// Counters, and instances with arrow fields: as many as one likes, each with a state of its own.
import { future } from "futureplan";

const counter = (by = 1) => {
  let n = 0;
  return { inc: () => (n += by), get: () => n };
};
const counters = Array.from({ length: 300 }, () => counter());
const counted = await future(() => {
  for (const [at, { inc }] of counters.entries()) for (let i = 0; i < at % 3; i += 1) inc();
  return counters.map(({ get }) => get());
});
console.log(counted.slice(0, 6).join(), counted.length, counters[2].get());

class Field {
  n = 0;
  inc = () => ++this.n;
  read({ by = 1 } = {}) {
    return future(() => this.inc() + by);
  }
}
const fields = Array.from({ length: 100 }, () => new Field());
const sums = await future(() => fields.map((field, at) => (at % 2 === 0 ? field.inc() + field.inc() : field.n)));
console.log(sums.slice(0, 4).join(), fields[0].n, await fields[0].read());

// Which functions share what: some write, some read, some are never to be called to find out.
const pair = () => {
  let [a, b] = [0, 0];
  const moved = ({ by = 2 } = {}, ...more) => (a += by + more.length);
  return { moved, read: () => [a, b], *both(step = 1) { yield (b += step); yield a; } };
};
const [one, two] = [pair(), pair()];
console.log(await future(() => [one.moved(), one.moved({ by: 5 }, 1), one.read(), [...two.both()], two.read(), one.read()].join(" ")));
console.log(one.read().join(), two.read().join());

// Prints:
// 0,1,2,0,1,2 300 0
// 3,0,3,0 0 2
// 2 8 8,0 1,0 0,1 8,0
// 0,0 0,0

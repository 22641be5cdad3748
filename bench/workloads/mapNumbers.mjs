/**
 * W3: a map over a million numbers. No pool has a map, so its user cuts chunks by hand: arrays as they are, arrays that travel as Float64Array, Float64Arrays
 * that are moved, and shared memory. Input and result are of the same kind within a row of the table.
 * Ways that take little time run up to three times in a repetition.
 */

import { check, clocked } from "./clock.mjs";
import { all, warmPool } from "./pools.mjs";

const count = 1_000_000;

function prepareInputs() {
  const array = [];
  const sharedTyped = new Float64Array(new SharedArrayBuffer(count * 8));
  for (let i = 0; i < count; i++) {
    array.push(i + 0.5);
    sharedTyped[i] = i + 0.5;
  }
  return { array, typed: new Float64Array(sharedTyped), sharedTyped };
}

const bounds = (parts) => Array.from({ length: parts }, (_, k) => [(k * count) / parts, ((k + 1) * count) / parts]);
const ofChunks = (pool, parts, run) => all(pool, bounds(parts).map(run));

async function arrayChunks(pool, { array }, parts) {
  return [].concat(...(await ofChunks(pool, parts, ([from, to]) => pool.run("mapArray", [array.slice(from, to)]))));
}

async function arrayAsTyped(pool, { array }, parts) {
  const mapped = await ofChunks(pool, parts, ([from, to]) => {
    const chunk = Float64Array.from(array.slice(from, to));
    return pool.run("mapF64", [chunk], [chunk.buffer]);
  });
  const out = [];
  for (const part of mapped) for (let i = 0; i < part.length; i++) out.push(part[i]);
  return out;
}

async function typedChunks(pool, { typed }, parts) {
  const out = new Float64Array(count);
  await ofChunks(pool, parts, async ([from, to]) => {
    const chunk = typed.slice(from, to);
    out.set(await pool.run("mapF64", [chunk], [chunk.buffer]), from);
  });
  return out;
}

async function sharedChunks(pool, { sharedTyped }, parts) {
  const out = new Float64Array(new SharedArrayBuffer(count * 8));
  await ofChunks(pool, parts, ([from, to]) => pool.run("mapShared", [sharedTyped, out, from, to]));
  return out;
}

const byHand = {
  "array, 2 chunks by hand": (pool, inputs) => arrayChunks(pool, inputs, 2),
  "array, 8 chunks by hand": (pool, inputs) => arrayChunks(pool, inputs, 8),
  "array, 2 chunks by hand that travel as Float64Array": (pool, inputs) => arrayAsTyped(pool, inputs, 2),
  "Float64Array, 2 chunks moved by hand": (pool, inputs) => typedChunks(pool, inputs, 2),
  "Float64Array, 8 chunks moved by hand": (pool, inputs) => typedChunks(pool, inputs, 8),
};
const byHandShared = { "Float64Array in shared memory, 2 chunks by hand": (pool, inputs) => sharedChunks(pool, inputs, 2) };
const ownMap = {
  "array, own map": (pool, { array }) => pool.square(array),
  "Float64Array, own map": (pool, { typed }) => pool.square(typed, { as: Float64Array }),
  "Float64Array in shared memory, own map": (pool, { sharedTyped }) => pool.square(sharedTyped, { as: Float64Array }),
};

function checkMapped(out) {
  const middle = count / 2;
  check(
    out.length === count && out[0] === 1.25 && out[middle] === (middle + 0.5) ** 2 + 1 && out[count - 1] === (count - 0.5) ** 2 + 1,
    "map",
  );
}

export const mapNumbers = {
  prepare: async (open) => ({ ...(await warmPool(open)), inputs: prepareInputs() }),
  async measure({ inputs, ...pool }, { peer }) {
    const ways = pool.square ? ownMap : { ...byHand, ...(peer.place === "threads" && byHandShared) };
    const metrics = [];
    for (const [metric, way] of Object.entries(ways)) {
      for (let time = 0, spent = 0; time < 3 && spent < 60; time++) {
        const { ms, result } = await clocked(() => way(pool, inputs));
        checkMapped(result);
        spent += ms;
        metrics.push({ metric, unit: "ms", value: ms });
      }
    }
    return metrics;
  },
};

/** The counterpart of a map's worker: squares numbers that come as a typed array, or waits busily for each. */
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ kind, numbers }) => {
  if (kind === "busy") {
    for (const milliseconds of numbers) for (const end = performance.now() + milliseconds; performance.now() < end;);
    return parentPort.postMessage(undefined);
  }
  const values = new Float64Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) values[index] = numbers[index] * numbers[index] + 1;
  return parentPort.postMessage(values, [values.buffer]);
});

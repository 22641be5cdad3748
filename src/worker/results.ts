/** Entry of the part that encodes results, `dist/results.cjs`: loaded by a worker with its first result that is an object. */

export { resultEncoder } from "../codec/encode/resultEncoder.ts";

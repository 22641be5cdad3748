/** Reads vectors of test/golden, and fingerprints of arrays too long for one. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export function readGolden<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../golden/${file}`, import.meta.url), "utf8")) as T;
}

/** Of the little-endian bytes. */
export function md5(values: Float64Array): string {
  return createHash("md5").update(new Uint8Array(values.buffer)).digest("hex");
}

/** A method's name, its arguments, and the values it gave. */
export type Call = readonly [method: string, args: readonly (string | number | boolean)[], values: readonly (string | number)[]];

export interface Long {
  readonly generator: string;
  readonly seed: number;
  readonly n: number;
  readonly method: "random" | "normal" | "exponential";
  readonly md5: string;
}

/** One number or many, as a list. */
export function list(values: number | bigint | ArrayLike<number> | ArrayLike<bigint>): (number | bigint)[] {
  return typeof values === "object" ? Array.from<number | bigint>(values) : [values];
}

/**
 * Flights within the United States in early 2001 (`vega-datasets`, flights-200k.arrow): what is known
 * beforehand, distance in miles and time of departure in hours, and what is to be predicted, the delay in minutes.
 */

import { readFileSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";

export interface Flights {
  /** One `[distance, time]` per flight. */
  readonly features: number[][];
  /** Minutes of delay on arrival. */
  readonly delays: number[];
}

const file = new URL("../../node_modules/vega-datasets/data/flights-200k.arrow", import.meta.url);

/** `count` flights, evenly spaced over the whole file. */
export function readFlights(count: number): Flights {
  const table = tableFromIPC(readFileSync(file));
  const rows = Array.from({ length: count }, (_, index) => Math.floor((index * table.numRows) / count));
  const column = (name: string): number[] => {
    const values = table.getChild(name);
    if (values === null) throw new Error(`${file.pathname} has no column ${name}`);
    return rows.map((row) => Number(values.get(row)));
  };
  const times = column("time");
  return { features: column("distance").map((distance, index) => [distance, times[index] ?? 0]), delays: column("delay") };
}

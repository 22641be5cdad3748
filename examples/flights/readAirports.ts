/** Three million flights within the United States (`vega-datasets`, flights-3m.parquet), by airport of origin. */

import { fileURLToPath } from "node:url";
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";

/** Flights from one airport: miles, and minutes of delay on arrival. */
export interface Airport {
  readonly origin: string;
  readonly distance: Float64Array;
  readonly delay: Float64Array;
}

const path = fileURLToPath(new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url));

/** The first `limit` flights, largest airports first. */
export async function readAirports(limit: number): Promise<Airport[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const count = Math.min(limit, Number(metadata.num_rows));
  const numbers = { distance: new Float64Array(count), delay: new Float64Array(count) };
  const origins = new Map<string, number[]>();
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: ["origin", "distance", "delay"],
    rowEnd: count,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const end = Math.min(columnData.length, count - rowStart);
      if (columnName === "origin") {
        for (let at = 0; at < end; at += 1) note(origins, String(columnData[at]), rowStart + at);
      } else {
        const column = columnName === "delay" ? numbers.delay : numbers.distance;
        for (let at = 0; at < end; at += 1) column[rowStart + at] = Number(columnData[at]);
      }
    },
  });
  // Row groups are read at the same time: rows come in any order.
  return [...origins]
    .map(([origin, unsorted]) => ({ origin, rows: Uint32Array.from(unsorted).sort() }))
    .map(({ origin, rows }) => ({ origin, distance: take(numbers.distance, rows), delay: take(numbers.delay, rows) }))
    .sort((a, b) => b.delay.length - a.delay.length || (a.origin < b.origin ? -1 : 1));
}

function note(rows: Map<string, number[]>, origin: string, row: number): void {
  const known = rows.get(origin);
  if (known === undefined) rows.set(origin, [row]);
  else known.push(row);
}

function take(column: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row] ?? 0);
}

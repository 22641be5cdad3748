/**
 * Which elements travel together: R's `future.apply` to the number, contiguous and of near-equal size.
 * Ranges are over positions in processing order.
 */

/** Elements `start` (included) to `end` (excluded). */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** How a map is cut: a given size wins over the average number of chunks per worker. */
export interface ChunkRule {
  /** Average number of elements per chunk, at least 1; `Infinity`: one chunk. */
  readonly chunkSize: number | undefined;
  /** Average number of chunks per worker, at least 0; `Infinity`: one element per chunk. */
  readonly scheduling: number;
}

/** The chunks of `length` elements for `workers` workers (`future.apply:::makeChunks`). */
export function makeChunks(length: number, workers: number, rule: ChunkRule): readonly Chunk[] {
  return length === 0 ? [] : splitIndices(length, chunkCount(length, workers, rule));
}

function chunkCount(length: number, workers: number, { chunkSize, scheduling }: ChunkRule): number {
  if (chunkSize !== undefined) return Math.max(1, Math.ceil(length / chunkSize));
  return Math.min(length, Math.max(1, scheduling * Math.min(workers, length)));
}

/** R's `parallel::splitIndices(length, count)`; a fractional count is rounded up. */
function splitIndices(length: number, count: number): readonly Chunk[] {
  if (count <= 1 || length === 1) return [{ start: 0, end: length }];
  const whole = Math.ceil(count);
  const fuzz = Math.min((length - 1) / 1000, (0.4 * length) / count);
  // Rounded as R's seq(1 - fuzz, length + fuzz, length.out = whole + 1) is: breaks can fall on whole numbers.
  const first = 1 - fuzz;
  const step = (length + fuzz - first) / whole;
  const chunks: Chunk[] = [];
  for (let chunk = 1, start = 0; chunk <= whole; chunk += 1) {
    // Element i (from 1) belongs to the chunk whose upper break is the first at or above it.
    const end = chunk === whole ? length : Math.min(length, Math.floor(first + chunk * step));
    if (end > start) chunks.push({ start, end });
    start = Math.max(start, end);
  }
  return chunks;
}

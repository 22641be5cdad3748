/**
 * Slurm's compressed lists of hosts, such as `n[001-003,7],a[1-2]b[3,5-7]-ib0`. Slurm itself lets some malformed lists pass and makes
 * names of their brackets; here they are refused, since such hosts do not exist.
 */

/** As many hosts as a Slurm cluster has at most (`MAX_SLURM_NODES`). */
export const mostHosts = 65_536;

const list = /\[([^[\]]*)\]/;
const lastList = /^(.*)\[([^[\]]*)\]([^[\]]*)$/;

/**
 * The hosts of a list in Slurm's order; one that is listed twice comes twice. Names are separated by commas or blanks. Brackets, of which a
 * name may have several, hold numbers and ranges; a range's numbers are padded with zeros to the width of its first.
 * Throws an `Error` that says what is malformed. Sources: `scontrol show hostnames`, Slurm's `src/common/hostlist.c`, and R's `parallelly`,
 * whose own parser drops names with several brackets.
 */
export function expandHostlist(text: string): string[] {
  const names = text.match(/(?:\[[^\]]*\]|[^\s,])+/g) ?? [];
  let count = 0;
  for (const name of names) {
    count += countHosts(name);
    if (count > mostHosts) throw new Error(`It names more than ${mostHosts} hosts.`);
  }
  return names.flatMap(expandName);
}

/** Counts before anything is made, for a few characters can name any number of hosts. */
function countHosts(name: string): number {
  const pieces = name.split(list);
  if (pieces.some((piece, index) => index % 2 === 0 && /[[\]]/.test(piece))) throw new Error(`The brackets of "${name}" do not match.`);
  const sizes = pieces.filter((_, index) => index % 2 === 1).map((numbers) => sum(parseRanges(numbers).map(({ size }) => size)));
  return sizes.reduce((product, size) => product * size, 1);
}

/** The last list runs fastest, then the first, the second and so on: the order of Slurm, in which it also counts CPUs. */
function expandName(name: string): string[] {
  const [, before = "", numbers, after = ""] = lastList.exec(name) ?? [];
  if (numbers === undefined) return [name];
  const ends = expandNumbers(numbers).map((number) => number + after);
  return expandPrefix(before).flatMap((prefix) => ends.map((end) => prefix + end));
}

function expandPrefix(prefix: string): string[] {
  const [, before = "", numbers, after = ""] = lastList.exec(prefix) ?? [];
  if (numbers === undefined) return [prefix];
  return expandNumbers(numbers).flatMap((number) => expandPrefix(before + number + after));
}

function expandNumbers(numbers: string): string[] {
  return parseRanges(numbers).flatMap(({ first, size, width }) =>
    Array.from({ length: size }, (_, index) => String(first + index).padStart(width, "0")),
  );
}

interface Range {
  readonly first: number;
  readonly size: number;
  /** Slurm counts blanks before a number as zeros. */
  readonly width: number;
}

function parseRanges(numbers: string): Range[] {
  return numbers.split(",").map((range) => {
    const [, first = "", last = first] = /^(\s*\d{1,15})(?:-(\s*\d{1,15}))?$/.exec(range) ?? [];
    const size = Number(last) - Number(first) + 1;
    if (first === "" || size < 1) throw new Error(`"${range}" in brackets is no number and no rising range of numbers.`);
    return { first: Number(first), size, width: first.length };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

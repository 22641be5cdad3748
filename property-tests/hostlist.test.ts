import fc from "fast-check";
import { it } from "vitest";
import { expandHostlist } from "../src/platform/expandHostlist.ts";
import "./seed.ts";

/** Hosts that have a number, and perhaps something before and behind it. */
interface Host {
  readonly before: string;
  readonly number: string;
  readonly behind: string;
}

/** Law: a list of hosts, however far it is compressed, stands for these hosts in this order. */
export function expandUndoesCompress(hosts: readonly Host[], joins: readonly boolean[]): boolean {
  return same(expandHostlist(compress(hosts, joins)), hosts.map(name));
}

/** Law: a name with two lists of numbers stands for all combinations, the second list running faster. */
export function twoListsAreAllCombinations(first: readonly string[], second: readonly string[]): boolean {
  const hosts = first.flatMap((one) => second.map((two) => `r${one}n${two}-ib`));
  return same(expandHostlist(`r[${first.join()}]n[${second.join()}]-ib`), hosts);
}

/** Law: what follows in a list does not change what stands before it. */
export function listsCanBeJoined(left: readonly Host[], right: readonly Host[], joins: readonly boolean[]): boolean {
  const [one, two] = [compress(left, joins), compress(right, joins)];
  return same(expandHostlist(`${one},${two}`), [...expandHostlist(one), ...expandHostlist(two)]);
}

/** Law: of any text become names without brackets and separators, at most as many as Slurm has, or an error. */
export function anyTextGivesNamesOrAnError(text: string): boolean {
  let hosts: string[];
  try {
    hosts = expandHostlist(text);
  } catch (error) {
    return error instanceof Error && /brackets|hosts/.test(error.message);
  }
  return hosts.length <= 65_536 && hosts.every((host) => /^[^\s,[\]]+$/.test(host));
}

function name({ before, number, behind }: Host): string {
  return before + number + behind;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((host, index) => host === right[index]);
}

/** Neighbours become ranges and share brackets where `joins` says so and their names allow it. */
function compress(hosts: readonly Host[], joins: readonly boolean[]): string {
  const groups: { like: Host; ranges: [first: string, last: string][] }[] = [];
  for (const [index, host] of hosts.entries()) {
    const group = groups.at(-1);
    const join = joins.length === 0 || joins[index % joins.length];
    if (group === undefined || group.like.before !== host.before || group.like.behind !== host.behind || !join) {
      groups.push({ like: host, ranges: [[host.number, host.number]] });
      continue;
    }
    const range = group.ranges.at(-1);
    const next = range && String(Number(range[1]) + 1).padStart(range[0].length, "0");
    if (range !== undefined && next === host.number) range[1] = host.number;
    else group.ranges.push([host.number, host.number]);
  }
  return groups
    .map(({ like, ranges }) => {
      const numbers = ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join();
      return /^\d+$/.test(numbers) ? name(like) : `${like.before}[${numbers}]${like.behind}`;
    })
    .join();
}

const before = fc.constantFrom("n", "node", "gpu2-", "r1n", "a.b-", "");
const behind = fc.constantFrom("", "", "-ib0", ".cluster.local");

/** Numbers in a row, most of them across a power of ten, padded or not. */
const row = fc.record({
  before,
  behind,
  first: fc.oneof(fc.nat(20), fc.constantFrom(8, 95, 998, 9_999)),
  length: fc.integer({ min: 1, max: 8 }),
  width: fc.constantFrom(1, 1, 2, 3, 5),
});

const hostsOf = fc
  .array(row, { maxLength: 6 })
  .map((rows) =>
    rows.flatMap(({ first, length, width, ...around }) =>
      Array.from({ length }, (_, index): Host => ({ ...around, number: String(first + index).padStart(width, "0") })),
    ),
  );
const numbers = fc.array(
  fc.nat(200).map((number) => String(number).padStart(2, "0")),
  { minLength: 1, maxLength: 6 },
);
const joins = fc.array(fc.boolean(), { maxLength: 8 });

it("a compressed list of hosts stands for these hosts, in their order", () => {
  fc.assert(fc.property(hostsOf, joins, expandUndoesCompress), { numRuns: 1000 });
});

it("two lists of numbers in a name stand for all combinations", () => {
  fc.assert(fc.property(numbers, numbers, twoListsAreAllCombinations), { numRuns: 500 });
});

it("lists of hosts can be joined", () => {
  fc.assert(fc.property(hostsOf, hostsOf, joins, listsCanBeJoined), { numRuns: 500 });
});

it("of any text become names or an error", () => {
  const text = fc.string({ unit: fc.constantFrom(..."n0123456789[[]]--,, "), maxLength: 40 });
  fc.assert(fc.property(text, anyTextGivesNamesOrAnError), { numRuns: 3000 });
});

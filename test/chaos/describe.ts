/** What came of a run, as tables of markdown. */

import { trend } from "./trend.ts";
import { backends, type EpisodeReport, type Sample } from "./types.ts";

const sum = (reports: readonly EpisodeReport[], of: (report: EpisodeReport) => number): number =>
  reports.reduce((total, report) => total + of(report), 0);

const counted = (count: number): string => count.toLocaleString("en");

/** One line for each backend: everything but the first four columns is to be zero. */
export function tableOf(reports: readonly EpisodeReport[]): string {
  const lines = backends.flatMap((backend) => {
    const own = reports.filter((report) => report.backend === backend);
    if (own.length === 0) return [];
    const faults = sum(own, (report) => Object.values(report.faults).reduce((total, count) => total + count, 0));
    const cells = [backend, own.length, faults, sum(own, ({ futures }) => futures), sum(own, ({ starts }) => starts)];
    const damage = (["lost", "doubled", "hung", "wrong", "leaked"] as const).map((key) => sum(own, (report) => report[key]));
    return [`| ${[...cells, ...damage].map((cell) => (typeof cell === "number" ? counted(cell) : cell)).join(" | ")} |`];
  });
  return [
    "| backend | episodes | faults injected | futures | starts of user code | lost | doubled | hung | wrong | leaked |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
}

/** How often each fault was injected, and how futures ended. */
export function countsOf(reports: readonly EpisodeReport[]): string {
  return `Faults: ${listed(reports.map(({ faults }) => faults))}.\n\nEnds: ${listed(reports.map(({ ends }) => ends))}.`;
}

function listed(all: readonly Readonly<Record<string, number>>[]): string {
  const totals = new Map<string, number>();
  for (const each of all) for (const [name, count] of Object.entries(each)) totals.set(name, (totals.get(name) ?? 0) + count);
  return [...totals]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${counted(count)}`)
    .join(", ");
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const plain = (count: number): string => count.toFixed(1);

/** Where the straight line through the samples begins and ends. */
export function trendsOf(samples: readonly Sample[]): string {
  const rows = [
    ["heap", (each: Sample) => each.heap, megabytes],
    ["buffers outside it", (each: Sample) => each.external, megabytes],
    ["resident memory", (each: Sample) => each.rss, megabytes],
    ["descriptors", (each: Sample) => each.descriptors, plain],
    ["threads", (each: Sample) => each.threads, plain],
    ["listeners on `process`", (each: Sample) => each.listeners, plain],
  ] as const;
  const lines = rows.map(([name, of, text]) => {
    const { from, to, growth } = trend(samples, of);
    return `| ${name} | ${text(from)} | ${text(to)} | ${(growth * 100).toFixed(1)} % |`;
  });
  return ["| after garbage collection | from | to | |", "| --- | ---: | ---: | ---: |", ...lines].join("\n");
}

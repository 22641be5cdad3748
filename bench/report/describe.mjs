/** The whole section as markdown: how it was measured, budgets, and all figures by the place where tasks run. */

import { readFileSync } from "node:fs";
import { hasProc } from "../harness/processes.mjs";
import { budgetTable } from "./budgetTable.mjs";
import { figureTable } from "./figureTable.mjs";

const titles = { threads: "Threads", processes: "Processes", home: "In the calling thread" };

function versionOf(name) {
  const file = name === "futureplan" ? "../../package.json" : `../../node_modules/${name}/package.json`;
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")).version;
}

export function describe(figures, { peers, workloads, machine, seconds, quick }) {
  const packages = [...new Set(peers.flatMap((peer) => peer.package ?? []))];
  const tables = Object.entries(titles).flatMap(([place, title]) => {
    const columns = peers.filter((peer) => peer.place === place || (place === "threads" && peer.role === "baseline"));
    const table = figureTable(figures, workloads, columns);
    return table === undefined ? [] : [`### ${title}\n\n${table}`];
  });
  return [
    `${quick ? "Quick mode" : "Full mode"}, ${new Date().toISOString().slice(0, 10)}, ${seconds.toFixed(0)} s. ${machine}. Below, *noise* is how many cores other programs used meanwhile (median); from about 0.3 on, figures compare only within their row.`,
    packages.map((name) => `${name} ${versionOf(name)}`).join(" · "),
    ...(hasProc ? [] : ["Memory and the noise of other programs are measured on Linux only."]),
    "### Budgets",
    budgetTable(figures),
    workloads.map(({ id, what }) => `- **${id}** ${what} · noise ${figures.noiseOf(id).toFixed(1)}`).join("\n"),
    ...tables,
  ].join("\n\n");
}

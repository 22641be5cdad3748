/** Every figure of some peers: one row per metric, one column per peer, medians with the range of the repetitions. */

import { compact, row } from "./format.mjs";

function cell(found) {
  if (found === undefined) return "–";
  if (found.error !== undefined) return `✗ ${found.error.slice(0, 60).replaceAll("|", "/")}`;
  const range = found.reps > 1 ? ` (${compact(found.min)}–${compact(found.max)})` : "";
  return `${compact(found.median)}${range}`;
}

/** Empty when none of the peers measured anything. */
export function figureTable(figures, workloads, peers) {
  const ids = [...new Set(workloads.map(({ id }) => id))];
  const rows = ids.flatMap((id) =>
    [...figures.metricsOf(id)].flatMap(([metric, unit]) => {
      const cells = peers.map(({ name }) => cell(figures.find(id, name, metric)));
      return cells.some((text) => text !== "–") ? [row([id, `${metric}, ${unit === "/s" ? "per second" : unit}`, ...cells])] : [];
    }),
  );
  if (rows.length === 0) return undefined;
  return [row(["", "", ...peers.map(({ name }) => name)]), row(["---", "---", ...peers.map(() => "---")]), ...rows].join("\n");
}

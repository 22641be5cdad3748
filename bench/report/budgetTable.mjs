/** The budgets as a markdown table: what is promised, what was measured, and by how much it is met or missed. */

import { budgets } from "./budgets.mjs";
import { compact, row, withUnit } from "./format.mjs";

/** `by`: ours over its limit, or the limit over ours where more is better. */
function verdict(by) {
  if (by <= 1) return `met, ${Math.floor((1 - by) * 100)} % to spare`;
  return by < 2 ? `**missed** by ${Math.ceil((by - 1) * 100)} %` : `**missed** by a factor of ${compact(by)}`;
}

function line(figures, { what, words, ours, beside, factor = 1, plus = 0, atLeast = false }) {
  const got = ours(figures);
  const other = beside(figures);
  if (got === undefined || other === undefined) return row([what, got ? withUnit(got.value, got.unit) : "–", "–", words, "not measured"]);
  const limit = other.value * factor + plus;
  const reference = other.peer === undefined ? "–" : `${withUnit(other.value, other.unit)} ${other.peer}`;
  return row([what, withUnit(got.value, got.unit), reference, words, verdict(atLeast ? limit / got.value : got.value / limit)]);
}

export function budgetTable(figures) {
  const head = row(["what", "futureplan", "beside", "budget", "verdict"]);
  return [head, row(["---", "---", "---", "---", "---"]), ...budgets.map((budget) => line(figures, budget))].join("\n");
}

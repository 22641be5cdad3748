/** How many colours there are, as `chalk` counts and `FORCE_COLOR` says it: 0 none, 1 sixteen, 2 256, 3 all. */

/** What Node takes the variable `FORCE_COLOR` for. */
export function forcedLevel(forced: string): number {
  if (forced === "" || forced === "true") return 1;
  return /^[123]$/.test(forced) ? Number(forced) : 0;
}

/** The level of what `getColorDepth()` of a terminal gives. */
export function levelOfDepth(depth: number): number {
  return depth >= 24 ? 3 : depth >= 8 ? 2 : depth >= 4 ? 1 : 0;
}

/**
 * How each peer takes the 400 MB. "shared": lying in shared memory before the clock starts (`share()`, or a SharedArrayBuffer); "ordinary": an
 * ordinary array, as one writes it with this peer; "per worker": an ordinary array that each new worker gets once, starting them included.
 */

export function variantsOfLargeData(peer, quick) {
  const byRole = {
    baseline: ["ordinary"],
    ours: peer.place === "home" && quick ? [] : ["shared", "ordinary"],
    raw: peer.place === "threads" ? ["shared", "ordinary"] : [],
    pool: peer.place === "threads" ? ["shared"] : [],
  };
  const copying = { pool: peer.place === "threads" ? ["ordinary", "per worker"] : [], raw: ["per worker"] };
  return [...byRole[peer.role], ...(quick ? [] : (copying[peer.role] ?? []))];
}

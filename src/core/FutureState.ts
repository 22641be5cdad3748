/** What state a future is in, and the one table of what may follow what. See `README.md` beside this file. */

/** How a future ended. */
export type Settled =
  | { readonly _tag: "finished"; readonly value: unknown }
  | { readonly _tag: "failed" | "interrupted" | "canceled"; readonly error: unknown };

export type FutureState =
  | { readonly _tag: "created" }
  | { readonly _tag: "queued" }
  | { readonly _tag: "sent" }
  | { readonly _tag: "running" }
  | Settled;

export type StateTag = FutureState["_tag"];

export const created: FutureState = { _tag: "created" };
export const queued: FutureState = { _tag: "queued" };
export const sent: FutureState = { _tag: "sent" };
export const running: FutureState = { _tag: "running" };

/**
 * `failed` straight from an earlier state: what cannot travel, a dependency that failed, a worker that cannot be
 * started, and a worker lost before it could say that the future had begun.
 */
const next: Readonly<Record<StateTag, readonly StateTag[]>> = {
  created: ["queued", "canceled", "failed"],
  queued: ["sent", "canceled", "failed"],
  sent: ["running", "queued", "canceled", "failed"],
  running: ["finished", "failed", "interrupted", "queued"],
  finished: ["created"],
  failed: ["created"],
  interrupted: ["created"],
  canceled: ["created"],
};

/** Whether a future may go from one state to another; late news of a settled future may not change it. */
export function mayFollow(from: StateTag, to: StateTag): boolean {
  return next[from].includes(to);
}

export function isSettled(state: FutureState): state is Settled {
  switch (state._tag) {
    case "created":
    case "queued":
    case "sent":
    case "running":
      return false;
    case "finished":
    case "failed":
    case "interrupted":
    case "canceled":
      return true;
  }
}

/** What something throws or rejects with; a failure when it does neither. */

import { assert } from "../host/builtins.ts";

export async function thrown(body: () => unknown): Promise<unknown> {
  try {
    await body();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

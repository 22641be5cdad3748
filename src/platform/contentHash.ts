/** Content hashes for code: equal code from the same place has the same name in every process. */

import { createHash } from "node:crypto";

/** 22 characters of SHA-256, base64url. */
export function contentHash(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("base64url").slice(0, 22);
}

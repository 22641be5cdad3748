/** All kinds of futures. */

import { badKinds } from "./badKinds.ts";
import { goodKinds } from "./goodKinds.ts";
import type { Kind } from "./Kind.ts";

export const kinds: readonly Kind[] = [...goodKinds, ...badKinds];
/** With these alone workers are sent many futures ahead. */
export const quickKinds: readonly Kind[] = kinds.filter(({ name }) => ["square", "throw", "exit", "SIGKILL of its own"].includes(name));

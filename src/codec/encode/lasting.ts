/** What the memory behind views is like. */

import { currentSession } from "../../session/currentSession.ts";

/** `ArrayBuffer` as Node 20 has it; the language's types are older. */
interface Resizable {
  readonly resizable?: boolean;
  readonly maxByteLength: number;
}

export function isResizable(buffer: ArrayBufferLike): boolean {
  return (buffer as unknown as Resizable).resizable === true; // see above
}

/** It is not copied again: it is shared on purpose, or was frozen when it came here. */
export function isLasting(buffer: ArrayBufferLike): boolean {
  const { shared, frozen } = currentSession();
  return shared.has(buffer) || frozen.has(buffer);
}

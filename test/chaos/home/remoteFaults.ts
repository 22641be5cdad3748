/** Faults on other machines are brought about by the process that started them: it is asked, and says when it is done. */

import type { HomeMessage, HostVerb, VerbDone } from "../types.ts";

let count = 0;
let open = 0;

export function hostFault(host: string, verb: HostVerb): Promise<void> {
  const id = ++count;
  if (++open === 1) process.channel?.ref();
  return new Promise((done) => {
    const heard = (answer: VerbDone): void => {
      if (answer.id !== id) return;
      process.off("message", heard);
      if (--open === 0) process.channel?.unref();
      done();
    };
    process.on("message", heard);
    tell({ type: "verb", id, host, verb });
  });
}

export function tell(message: HomeMessage): void {
  process.send?.(message);
}

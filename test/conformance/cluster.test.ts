/** The conformance suite on SSH hosts. */

import { fileURLToPath } from "node:url";
import { cluster } from "futureplan";
import { afterAll } from "vitest";
import { SshHosts } from "../cluster/support/SshHosts.ts";
import { conform } from "./support/conform.ts";

/** They see nothing of this checkout. */
const hosts = await SshHosts.start({ hide: [fileURLToPath(new URL("../..", import.meta.url))] });

afterAll(() => hosts.stop());

const elsewhere = "processes of other hosts cannot be watched from here; test/cluster/lifeAndDeath.test.ts does it there";

conform(cluster({ workers: hosts.names, sshConfig: hosts.config }), {
  "output: inherit leaves output to the worker's own streams": "beside the frames SSH has one stream back: all arrives on standard error",
  "plan: more than three times as many workers as cores is refused, unless wished": "its workers do not share this machine's cores",
  "plan: more workers than cores warns": "its workers do not share this machine's cores",
  "exit: workers end when their home is killed": elsewhere,
  "exit: workers that are blocked in a loop end when their home is killed": elsewhere,
});

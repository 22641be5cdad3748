/**
 * On Linux, processes that the kernel ends together with the thread that started them: one that is blocked in a loop
 * cannot notice by itself that home was killed, and would go on for ever. Elsewhere launches stay as they are.
 */

import type { Launch } from "../launchers/localProcess.ts";

/** Of util-linux, wherever Debian, Fedora, SUSE and Arch put it; BusyBox has a smaller one of that name. */
const tool = "/usr/bin/setpriv";

let hasTool: boolean | undefined;

export function leashed(launch: Launch): Launch {
  hasTool ??= process.platform === "linux" && isToolItself();
  return hasTool ? { ...launch, command: tool, args: ["--pdeathsig", "KILL", launch.command, ...launch.args] } : launch;
}

function isToolItself(): boolean {
  try {
    return process.getBuiltinModule("node:fs").realpathSync(tool).endsWith("/setpriv");
  } catch {
    return false;
  }
}

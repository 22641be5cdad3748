/** What a program with secrets everywhere prints by itself: its warnings, its workers' last words, and the error that ends it. */

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** All that it writes. `SECRET` is in its environment, and in each of the values that its futures use. */
function run(source: string, secret: string): Promise<string> {
  const script = `
    import { future, futureMap, plan, resolve, value } from "futureplan";
    const secret = process.env.SECRET;
    const data = { secret, map: new Map([[secret, secret]]), list: [secret] };
    plan("multisession", { workers: 1, env: { OTHER: secret } });
    ${source}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: root, env: { ...process.env, SECRET: secret } });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += String(chunk)));
  return new Promise((resolve) => child.on("close", () => resolve(printed)));
}

test.each([
  [
    "failures that nobody asked for",
    "const dead = future(() => process.exit(data.list.length)); await resolve(dead); data.map.set(secret, new WeakRef({})); future(() => data);",
    /Futures failed and nobody asked for their value.*Worker multisession\/1 was lost.*NotPortable: data → map → \[0\]/s,
  ],
  [
    "timers and handles that a future leaves behind",
    "await value(future(() => { setTimeout(() => data, 1e6); globalThis.kept = data; }));",
    /left behind: Timeout/,
  ],
  [
    "an error that ends it",
    "data.map.set(secret, new WeakRef({})); await futureMap([data], (each) => each);",
    /NotPortable: elements → \[0\] → map → \[0\]: a WeakRef/,
  ],
  ["an option that does not fit", "future(secret);", /OptionInvalid: future\(fn\) needs a function, not a string/],
])("%s: names, no values", async (_, source, expected) => {
  const secret = `hush-${randomUUID()}`;
  const printed = await run(source, secret);
  expect(printed).toMatch(expected);
  expect(printed).not.toContain(secret);
});

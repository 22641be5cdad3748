/** Packages are imported on the other host, where its working directory finds them. */

import { future, plan, shutdown, value, type ClusterOptionsInput } from "futureplan";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { SshHosts } from "./support/SshHosts.ts";

/** At home: hidden from the host. */
const here = mkdtempSync(join(tmpdir(), "futureplan-home-"));
const hosts = await SshHosts.start({ count: 1, hide: [here] });

describe.skipIf(hosts.isolated !== true)("a package", () => {
  const cluster = hosts;
  const there = join(cluster.state, "project");

  afterEach(() => shutdown());
  afterAll(async () => {
    await hosts.stop();
    rmSync(here, { recursive: true, force: true });
  });

  function install(folder: string, name: string, version: string): void {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), JSON.stringify({ name, version, type: "module", exports: "./index.js" }));
    writeFileSync(join(place, "index.js"), `export const version = () => "${version}";`);
  }

  async function use(name: string, more: ClusterOptionsInput = {}): Promise<unknown> {
    const file = join(here, `${name}.mjs`);
    writeFileSync(file, `import { version } from "${name}"; export const use = () => version();`);
    const { use: fn } = (await import(pathToFileURL(file).href)) as { use: () => string };
    plan("cluster", { workers: ["node1"], sshConfig: cluster.config, cwd: there, ...more });
    return value(future(() => fn()));
  }

  test("of the same version is used", async () => {
    install(here, "same", "1.2.3");
    install(there, "same", "1.2.3");
    expect(await use("same")).toBe("1.2.3");
  });

  test("is found in the directories of nodePath, after those of cwd", async () => {
    const site = join(cluster.state, "site");
    for (const [folder, version] of [
      [here, "3.1.0"],
      [site, "3.1.0"],
    ] as const)
      install(folder, "far", version);
    expect(await use("far", { nodePath: [join(site, "node_modules")] })).toBe("3.1.0");
    await shutdown(); // what was found before stays found
    install(there, "far", "3.0.0");
    await expect(use("far", { nodePath: [join(site, "node_modules")] })).rejects.toThrow("Package far is 3.0.0");
  });

  test("in CommonJS is found there, too, by an entry's own nodePath", async () => {
    const site = join(cluster.state, "elsewhere");
    for (const folder of [here, site]) {
      const place = join(folder, "node_modules", "plain");
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "package.json"), JSON.stringify({ name: "plain", version: "1.0.0" }));
      writeFileSync(join(place, "index.js"), `exports.folder = () => __dirname;`);
    }
    const file = join(here, "plain.cjs");
    writeFileSync(file, `const { folder } = require("plain"); exports.use = () => folder();`);
    const { use: fn } = createRequire(import.meta.url)(file) as { use: () => string };
    plan("cluster", { workers: [{ host: "node1", nodePath: [join(site, "node_modules")] }], sshConfig: cluster.config, cwd: there });
    expect(await value(future(() => fn()))).toBe(join(site, "node_modules", "plain"));
  });

  test("is shipped with what it imports itself, ESM and CommonJS, once for each worker", async () => {
    const inner = join(here, "node_modules", "inner");
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, "package.json"), JSON.stringify({ name: "inner", version: "1.0.0" }));
    writeFileSync(
      join(inner, "index.js"),
      `let calls = 0; exports.next = () => [++calls, require("node:os").EOL, require("fs").existsSync("/")];`,
    );
    const outer = join(here, "node_modules", "outer");
    mkdirSync(outer, { recursive: true });
    writeFileSync(join(outer, "package.json"), JSON.stringify({ name: "outer", version: "1.0.0", type: "module", exports: "./index.js" }));
    writeFileSync(join(outer, "index.js"), `import { next } from "inner"; export class Outer { next() { return next(); } }`);
    const file = join(here, "ships.mjs");
    writeFileSync(
      file,
      `import { Outer } from "outer"; import * as inner from "inner"; export const use = () => [new Outer().next(), inner.default.next(), Outer.name];`,
    );
    const { use: fn } = (await import(pathToFileURL(file).href)) as { use: () => unknown };
    plan("cluster", { workers: ["node1"], sshConfig: cluster.config, cwd: there, packages: "ship" });
    expect(await value(future(() => fn()))).toEqual([[1, "\n", true], [2, "\n", true], "Outer"]);
    expect(await value(future(() => fn()))).toEqual([[3, "\n", true], [4, "\n", true], "Outer"]);
    const common = join(here, "ships.cjs");
    writeFileSync(common, `const { next } = require("inner"); exports.use = () => next()[1];`);
    const { use: again } = createRequire(import.meta.url)(common) as { use: () => string };
    expect(await value(future(() => again()))).toBe("\n");
  });

  test("goes along within a file of the option `modules`, which is run once in each worker", async () => {
    install(here, "shared", "1.0.0");
    writeFileSync(
      join(here, "counter.js"),
      `import { version } from "shared"; let calls = 0; export const next = () => version() + ++calls;`,
    );
    const file = join(here, "counts.mjs");
    writeFileSync(file, `import { next } from "./counter.js"; export const use = () => next();`);
    const { use: fn } = (await import(pathToFileURL(file).href)) as { use: () => string };
    plan("cluster", { workers: ["node1"], sshConfig: cluster.config, cwd: there, packages: "ship" });
    const modules = [pathToFileURL(join(here, "counter.js")).href];
    expect(await value(future(() => fn(), { modules }))).toBe("1.0.01");
    expect(await value(future(() => `${fn()}!`, { modules }))).toBe("1.0.02!");
  });

  test("that cannot be bundled says why", async () => {
    const place = join(here, "node_modules", "native");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), JSON.stringify({ name: "native", version: "1.0.0", type: "module", exports: "./index.js" }));
    writeFileSync(join(place, "index.js"), `export const load = () => import("./addon.node"); export const version = () => 1;`);
    writeFileSync(join(place, "addon.node"), "");
    await expect(use("native", { packages: "ship" })).rejects.toMatchObject({
      _tag: "NotPortable",
      message: expect.stringMatching(
        /^Packages cannot be shipped: .*No loader is configured for "\.node" files.*Install what cannot be bundled/s,
      ),
    });
  });

  test("that is missing there is named, with version and host", async () => {
    install(here, "missing", "4.0.0");
    await expect(use("missing")).rejects.toMatchObject({
      _tag: "NotPortable",
      message: expect.stringMatching(
        /Package missing is not installed for worker cluster\/1@node1 \(working directory .*project\); here it is 4\.0\.0\. Install missing@4\.0\.0 there/,
      ),
    });
  });

  test("of another version is refused, with both versions", async () => {
    install(here, "other", "2.0.0");
    install(there, "other", "1.9.9");
    await expect(use("other")).rejects.toThrow(/Package other is 1\.9\.9 for worker cluster\/1@node1 .*, but 2\.0\.0 here/);
  });
});

/** The programs in README and docs print what their comments say, and every error and warning has its place. */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const documents = ["README.md", ...(await readdir(join(root, "docs"))).map((name) => `docs/${name}`)];
const texts = new Map(await Promise.all(documents.map(async (name) => [name, await readFile(join(root, name), "utf8")] as const)));
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "futureplan-docs-"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/futureplan"));
  await symlink(join(root, "node_modules/tsx"), join(folder, "node_modules/tsx"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Program {
  readonly name: string;
  readonly code: string;
  /** The comments behind `console.log(…)`, in their order. */
  readonly promised: readonly string[];
}

function programsOf(name: string, text: string): Program[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""], at) => ({
    name: `${name} ${at + 1}`,
    code,
    promised: [...code.matchAll(/^.*\); ?\/\/ (.*)$/gm)].filter(([line]) => /console\.log|^\); /.test(line)).map(([, says = ""]) => says),
  }));
}

const programs = [...texts].flatMap(([name, text]) => programsOf(name, text));

// Under threads: the plans' results are compared by the examples.
test.each(programs)("the program $name prints what it says", async ({ name, code, promised }) => {
  const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.ts`);
  await writeFile(file, code);
  const env = { ...process.env, FUTURE_PLAN: "multicore:2" };
  const { stdout } = await run(process.execPath, ["--import", "tsx", file], { cwd: folder, env });
  expect(stdout.trimEnd().split("\n")).toEqual(promised);
});

test("every program says what it prints", () => {
  expect(programs.length).toBeGreaterThan(10);
  expect(programs.filter(({ promised }) => promised.length === 0).map(({ name }) => name)).toEqual([]);
});

test("every error and every warning has its heading in docs/troubleshooting.md", async () => {
  const sources = (await readdir(join(root, "src"), { recursive: true })).filter(
    (name) => name.endsWith(".ts") && !name.startsWith("conformance"),
  );
  const code = (await Promise.all(sources.map((name) => readFile(join(root, "src", name), "utf8")))).join("\n");
  const tags = [...(await readFile(join(root, "src/errors/errors.ts"), "utf8")).matchAll(/_tag(?:: string)? = "(\w+)"/g)].map(
    ([, tag]) => tag,
  );
  const warnings = [...code.matchAll(/code: "(FUTURE_\w+)"/g)].map(([, warning]) => warning);
  const headings = new Set([...(texts.get("docs/troubleshooting.md") ?? "").matchAll(/^## `(\w+)`/gm)].map(([, heading]) => heading));
  expect(tags.length).toBeGreaterThan(10);
  expect(warnings.length).toBeGreaterThan(5);
  expect([...tags, ...warnings].filter((name) => !headings.has(name))).toEqual([]);
});

test("links lead to files that are there, and in the package", async () => {
  const { files } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { files: readonly string[] };
  const broken: string[] = [];
  for (const [name, text] of texts) {
    for (const [, target = ""] of text.matchAll(/(?<=\w)\]\(([^)#:\s]+\.[^)#:\s]+|[\w/]+\/)(?:#[^)]*)?\)/g)) {
      const path = join(dirname(name), target);
      const isThere = await readFile(join(root, path)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === "EISDIR",
      );
      if (!isThere || !files.some((each) => path === each || path.startsWith(`${each}/`))) broken.push(`${name}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test("ARCHITECTURE.md has the import table of the lint, and names files that are there", async () => {
  const text = await readFile(join(root, "ARCHITECTURE.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\w+)` \| [^|]* \|([^|]*)\|$/gm)].map(([, folder = "", may = ""]) => [folder, words(may)]);
  const { table } = (await import(join(root, "oxlint.config.mjs"))) as {
    table: Readonly<Record<string, { readonly may: readonly string[] }>>;
  };
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(Object.entries(table).map(([folder, { may }]) => [folder, may])));
  const sources = await readdir(join(root, "src"), { recursive: true });
  const named = [...text.matchAll(/`([\w/]+\.ts)`/g)].map(([, file = ""]) => file);
  expect(named.length).toBeGreaterThan(20);
  expect(
    named.filter((file) => !sources.some((source) => source === file || source.endsWith(`/${file}`)) && !file.startsWith("test/")),
  ).toEqual([]);
});

function words(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

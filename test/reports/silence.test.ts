/**
 * `FUTURE_PACKAGE_STATE` is said of programs that configure a package where workers do not see it, and of no others: ordinary uses of the packages that
 * most projects have, each a module of its own with a function that is sent to a thread.
 */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const modules = fileURLToPath(new URL("node_modules", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-silence-")));
const run = promisify(execFile);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `[what stands at the top of the module, the function]`. */
type Program = readonly [top: string, fn: string];

const quiet: readonly Program[] = [
  [`import _ from "lodash"; const rows = _.range(3); _.forEach(rows, (row) => row); _.each(rows, (row) => row);`, `() => _.sum(rows)`],
  [`import _ from "lodash"; const template = _.template("a <%= b %>"); console.log(_.size([]));`, `() => _.chunk([1, 2, 3], 2).length`],
  [`import chalk from "chalk"; const warn = chalk.red; console.log(chalk.blue("ready"));`, `() => chalk.green("a").length > 0`],
  [`import debug from "debug"; const log = debug("app"); log("started");`, `() => debug("x").namespace`],
  [
    `import axios from "axios"; const client = axios.create({ timeout: 5 }); client.defaults.timeout = 7;`,
    `() => axios.isAxiosError(new Error("x"))`,
  ],
  [`import axios, { AxiosError } from "axios"; const failed = new AxiosError("x");`, `() => [typeof axios.get, AxiosError.name].join()`],
  [`import dayjs from "dayjs"; const start = dayjs("2020-01-01"); start.add(1, "day");`, `() => dayjs("2020-01-31").year()`],
  [
    `import dayjs from "dayjs"; import utc from "dayjs/plugin/utc.js"; function setUp() { dayjs.extend(utc); }`,
    `() => dayjs("2020-01-31").month()`,
  ],
  [`import moment from "moment"; const now = moment.utc(0); now.locale("fr");`, `() => moment.utc(0).year()`],
  [`import { DateTime, Settings } from "luxon"; const zone = Settings.defaultZone.name;`, `() => DateTime.utc(2020).year`],
  [`import { format, addDays } from "date-fns"; const due = addDays(new Date(0), 3);`, `() => format(new Date(2020, 1, 1), "yyyy")`],
  [`import { z } from "zod"; const Row = z.object({ a: z.number() }); Row.parse({ a: 1 });`, `() => z.number().safeParse(1).success`],
  [`import * as z from "zod"; z.string().parse("checked here");`, `() => z.string().safeParse("x").success`],
  [
    `import * as yup from "yup"; const row = yup.object({ a: yup.number() }); await row.validate({ a: 1 });`,
    `() => yup.number().isValidSync(1)`,
  ],
  [
    `import Ajv from "ajv"; const ajv = new Ajv.default(); ajv.addSchema({ $id: "x", type: "number" });`,
    `() => new Ajv.default().validate({ type: "number" }, 1)`,
  ],
  [
    `import Decimal from "decimal.js"; const Own = Decimal.clone({ precision: 40 }); Own.set({ precision: 50 });`,
    `() => new Decimal(1).div(4).toString()`,
  ],
  [`import Decimal from "decimal.js"; function high() { Decimal.set({ precision: 60 }); }`, `() => Decimal.abs(-1).toString()`],
  [`import { Decimal } from "decimal.js"; if (globalThis.never) Decimal.set({ precision: 40 });`, `() => Decimal.max(1, 2).toString()`],
  [`import BN from "bn.js"; const big = new BN(7); big.iaddn(1);`, `() => new BN(5).toNumber()`],
  [`import * as R from "ramda"; const double = R.map((x) => x * 2);`, `() => R.sum([1, 2])`],
  [`import { List, Map as IMap } from "immutable"; const list = List([1]); list.push(2);`, `() => List([1, 2]).size + IMap().size`],
  [
    `import { LRUCache } from "lru-cache"; const cache = new LRUCache({ max: 3 }); cache.set("a", 1);`,
    `() => new LRUCache({ max: 1 }).size`,
  ],
  [`import { v4, validate } from "uuid"; const id = v4();`, `() => validate("x")`],
  [
    `import { of, Subject } from "rxjs"; const subject = new Subject(); subject.subscribe(() => 0); subject.next(1);`,
    `() => typeof of(1).subscribe`,
  ],
  [`import * as rxjs from "rxjs"; const events = rxjs.of(1, 2);`, `() => typeof rxjs.from`],
  [`import pLimit from "p-limit"; const limit = pLimit(2); await limit(() => 1);`, `() => typeof pLimit(1)`],
  [`import PQueue from "p-queue"; const queue = new PQueue({ concurrency: 1 }); await queue.add(() => 1);`, `() => new PQueue().size`],
  [`import { Matrix } from "ml-matrix"; const eye = Matrix.eye(2); eye.set(0, 1, 5);`, `() => Matrix.eye(2).get(0, 0)`],
  [`import * as math from "mathjs"; const parsed = math.parse("1 + 2");`, `() => math.add(1, 2)`],
  [`import { create, all } from "mathjs"; const own = create(all); own.config({ number: "number" });`, `() => typeof create`],
  [
    `import Handlebars from "handlebars"; const own = Handlebars.create(); own.registerHelper("a", () => "b");`,
    `() => Handlebars.compile("{{a}}")({ a: 1 })`,
  ],
  [`import pino from "pino"; const log = pino({ level: "silent" }); log.info("started");`, `() => pino.levels.values.info`],
  [`import { scaleLinear } from "d3-scale"; const scale = scaleLinear(); scale.domain([0, 2]);`, `() => scaleLinear().range()[1]`],
  [`import * as d3 from "d3-array"; const top = d3.max([1, 2]);`, `() => d3.mean([1, 3])`],
  [`import { format } from "d3-format"; const money = format(".2f");`, `() => format(".1f")(1)`],
  [`import { randomUniform } from "d3-random"; const next = randomUniform(1);`, `() => typeof randomUniform`],
  [`import got from "got"; const api = got.extend({ prefixUrl: "http://127.0.0.1" });`, `() => typeof got.get`],
  [`import { ObjectId } from "mongodb"; const id = new ObjectId();`, `() => ObjectId.isValid("x")`],
  [`import { fetch, Agent } from "undici"; const agent = new Agent(); await agent.close();`, `() => typeof fetch`],
  [`import jStat from "jstat"; const mean = jStat.mean([1, 3]);`, `() => jStat.sum([1, 2])`],
  [`import ms from "ms"; const day = ms("1d");`, `() => ms("1s")`],
  [`import mime from "mime-types"; const json = mime.lookup("a.json");`, `() => mime.lookup("a.txt")`],
  [`import minimist from "minimist"; const args = minimist(["--a"]);`, `() => minimist(["--b"]).b`],
  [
    `import EventEmitter from "eventemitter3"; const events = new EventEmitter(); events.on("a", () => 0); events.emit("a");`,
    `() => new EventEmitter().listenerCount("a")`,
  ],
  [`import equal from "fast-deep-equal"; const same = equal({ a: 1 }, { a: 1 });`, `() => equal([1], [1])`],
  [`import seedrandom from "seedrandom"; const random = seedrandom("a"); random();`, `() => typeof seedrandom("a")()`],
  [`import Fraction from "fraction.js"; const half = new Fraction(1, 2); half.add(1);`, `() => new Fraction(1, 2).valueOf()`],
  [`import normalize from "normalize-url"; const url = normalize("example.com");`, `() => normalize("example.org")`],
  [`import FormData from "form-data"; const form = new FormData(); form.append("a", "b");`, `() => typeof new FormData().getBoundary()`],
  [
    `import { SimpleLinearRegression } from "ml-regression"; const line = new SimpleLinearRegression([1, 2], [2, 4]); line.predict(3);`,
    `() => typeof SimpleLinearRegression`,
  ],
  [`import { tableFromArrays } from "apache-arrow"; const table = tableFromArrays({ a: [1, 2] });`, `() => typeof tableFromArrays`],
  [`import split2 from "split2"; const lines = split2(); lines.end();`, `() => typeof split2`],
  [`import tr46 from "tr46"; const name = tr46.toASCII("example.com");`, `() => tr46.toASCII("example.org")`],
  [`import "reflect-metadata"; import _ from "lodash";`, `() => typeof Reflect.getMetadata + _.identity(1)`],
  [
    `import fs from "node:fs"; import path from "node:path"; fs.existsSync("."); path.join("a", "b"); process.on("exit", () => 0);`,
    `() => fs.existsSync(path.join("."))`,
  ],
  [`import { EventEmitter } from "node:events"; EventEmitter.defaultMaxListeners = 20;`, `() => EventEmitter.name`],
  [`import * as own from "./own.mjs"; own.settings.a = 1; own.set(2);`, `() => own.get()`],
  [`import * as fp from "futureplan"; fp.plan(fp.plan());`, `() => typeof fp.future`],
  [`import Decimal from "decimal.js"; Decimal.set({ precision: 40 });`, `() => 1`],
  [`import axios from "axios"; axios.defaults.timeout = 5; { const axios = [1]; var inner = () => axios[0]; }`, `inner`],
];

/** The last names the package of which something is said, and the line. */
const configuring: readonly (readonly [...Program, said: string])[] = [
  [`import Decimal from "decimal.js";\nDecimal.set({ precision: 40 });`, `() => new Decimal(1).toString()`, "decimal.js:2"],
  [`import dayjs from "dayjs"; import utc from "dayjs/plugin/utc.js";\n\ndayjs.extend(utc);`, `() => dayjs(0).year()`, "dayjs:3"],
  [`import axios from "axios"; axios.defaults.timeout = 5;`, `() => typeof axios.get`, "axios:1"],
  [`import axios from "axios"; axios.interceptors.request.use((config) => config);`, `() => typeof axios.post`, "axios:1"],
  [
    `import Handlebars from "handlebars"; Handlebars.registerHelper("a", () => "b");`,
    `() => Handlebars.compile("{{a}}")({})`,
    "handlebars:1",
  ],
  [
    `import { Settings, DateTime } from "luxon"; Settings.defaultZone = "utc";`,
    `() => [DateTime.utc().year > 0, Settings.defaultZone.name].length`,
    "luxon:1",
  ],
  [`import moment from "moment"; moment.locale("fr");`, `() => moment.utc(0).format("MMMM")`, "moment:1"],
  [`import _ from "lodash"; _.templateSettings.interpolate = /{{(.+?)}}/g;`, `() => _.template("{{a}}")({ a: 1 })`, "lodash:1"],
  [`import _ from "lodash"; _.mixin({ twice: (x) => 2 * x });`, `() => typeof _.twice`, "lodash:1"],
  [`import chalk from "chalk"; chalk.level = 0;`, `() => chalk.red("a").length`, "chalk:1"],
  [`import * as yup from "yup"; yup.setLocale({ mixed: { required: "please" } });`, `() => typeof yup.string`, "yup:1"],
  [`import { z } from "zod"; z.config({ jitless: true });`, `() => z.number().safeParse(1).success`, "zod:1"],
  [`import debug from "debug"; debug.enable("app:*");`, `() => debug("app:a").enabled`, "debug:1"],
  [`import Decimal from "decimal.js";\nawait Decimal["set"]({ precision: 40 });`, `() => Decimal.max(1).toString()`, "decimal.js:2"],
];

/** Under a plan with `setup`, with the file in `modules`, or after `everywhere()` with the package. */
const told: readonly (readonly [...Program, call: string])[] = [
  [
    `import Decimal from "decimal.js"; Decimal.set({ precision: 40 });`,
    `() => new Decimal(1).toString()`,
    `fp.plan("multicore", { workers: 1, setup: () => 0 }); await fp.future(fn);`,
  ],
  [
    `import Decimal from "decimal.js"; Decimal.set({ precision: 40 });`,
    `() => new Decimal(1).toString()`,
    `await fp.future(fn, { modules: [file] });`,
  ],
  [
    `import Decimal from "decimal.js"; Decimal.set({ precision: 40 }); export const configure = () => Decimal.set({ precision: 40 });`,
    `() => new Decimal(1).toString()`,
    `await fp.everywhere(configure); await fp.future(fn); await fp.futureMap([1], fn);`,
  ],
  [
    `import Decimal from "decimal.js"; Decimal.set({ precision: 40 });`,
    `() => new Decimal(1).toString()`,
    `fp.plan("sequential"); await fp.future(fn); await fp.future(fn);`,
  ],
];

/** What each program makes the library say: `package:line`. */
async function saidOf(programs: readonly (readonly [...Program, call?: string])[], name: string): Promise<readonly string[]> {
  const home = join(folder, name);
  mkdirSync(home);
  symlinkSync(modules, join(home, "node_modules"));
  writeFileSync(
    join(home, "own.mjs"),
    "export const settings = {}; let x = 0; export const set = (y) => { x = y; }; export const get = () => x;",
  );
  const calls = programs.map(([top, fn, call = "await fp.future(fn);"], index) => {
    writeFileSync(join(home, `p${index}.mjs`), `${top}\nexport const fn = ${fn};\n`);
    return `{ const file = new URL("p${index}.mjs", import.meta.url).href; const { fn, configure } = await import(file); said.length = 0; ${call}\nawait new Promise(setImmediate); all.push(said.join(" ")); fp.plan("multicore", { workers: 1 }); }`;
  });
  const main = [
    `import * as fp from "futureplan"; const said = []; const all = []; fp.plan("multicore", { workers: 1 });`,
    `process.on("warning", ({ code, message }) => { if (code === "FUTURE_PACKAGE_STATE") said.push(/package (\\S+),/.exec(message)[1] + ":" + /mjs:(\\d+)/.exec(message)[1]); });`,
    ...calls,
    `console.log("\\n" + JSON.stringify(all)); process.exit(0);`,
  ];
  writeFileSync(join(home, "main.mjs"), main.join("\n"));
  const { FUTURE_PLAN: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, [join(home, "main.mjs")], { env });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as readonly string[];
}

test("programs that configure no package that their functions use are not warned of", { timeout: 120_000 }, async () => {
  const said = await saidOf(quiet, "quiet");
  expect(quiet.length).toBeGreaterThanOrEqual(50);
  expect(quiet.flatMap(([top], index) => (said[index] === "" ? [] : [`${said[index]} of ${top}`]))).toEqual([]);
});

test("those that do are, with package and line, once for each package", { timeout: 120_000 }, async () => {
  const said = await saidOf(
    configuring.map(([top, fn]) => [top, fn]),
    "configuring",
  );
  const known = new Set<string>();
  const expected = configuring.map(([, , one]) => {
    const [name = ""] = one.split(":");
    return known.has(name) ? "" : (known.add(name), one);
  });
  expect(said).toEqual(expected);
});

test(
  "nor are programs that tell workers: by setup, modules or everywhere(); nor is anything under sequential",
  { timeout: 60_000 },
  async () => {
    const said = await Promise.all(told.map((program, index) => saidOf([program], `told${index}`)));
    expect(said).toEqual(told.map(() => [""]));
  },
);

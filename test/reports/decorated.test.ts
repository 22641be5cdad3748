/** `FUTURE_DECORATED_CLASS` is said once for each package that knows a class which travels by value, and of no other class. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-decorated-")));
mkdirSync(join(folder, "node_modules/class-validator"), { recursive: true });
symlinkSync(root, join(folder, "node_modules/futureplan"), "dir");
symlinkSync(join(root, "test/reports/node_modules/reflect-metadata"), join(folder, "node_modules/reflect-metadata"), "dir");
/** Plays the package: a registry under the class. */
const validator = `const rules = new Map();
  exports.IsEmail = () => (target, key) => void rules.set(target.constructor, [...(rules.get(target.constructor) ?? []), key]);
  exports.Title = () => (target) => void rules.set(target, ["title"]);
  exports.validate = (object) => rules.get(object.constructor) ?? [];`;
const decorate = `const __decorate = (decorators, target, key) => { for (const one of decorators.reverse()) target = one(target, key) ?? target; return target; };`;
const user = `import { IsEmail as Mail } from "class-validator"; ${decorate}
  export class User { email = "x"; }
  __decorate([Mail()], User.prototype, "email", void 0);
  export class Plain { x = 1; }`;
/** As tsc writes CommonJS, with the name of a class in another's text. */
const compiled = `"use strict"; const class_validator_1 = require("class-validator"); ${decorate}
  let Page = class Page {}; Page = __decorate([(0, class_validator_1.Title)()], Page); exports.Page = Page;
  exports.PageSize = class PageSize { size = 1; };`;
const files = {
  "node_modules/class-validator/package.json": `{ "name": "class-validator", "version": "1.0.0" }`,
  "node_modules/class-validator/index.js": validator,
  "package.json": "{}",
  "user.mjs": user,
  "page.cjs": compiled,
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `[class, package]` of the warnings that a program gives rise to. */
async function warned(top: string, fn: string, { plan = '"multicore", { workers: 1 }', options = "{}" } = {}): Promise<unknown> {
  const source = `import * as fp from "futureplan"; import { validate } from "class-validator"; import { User, Plain } from "./user.mjs"; import pages from "./page.cjs";
    const { Page, PageSize } = pages; void [validate, User, Plain, Page, PageSize];
    const said = []; process.on("warning", ({ code, message }) => { if (code === "FUTURE_DECORATED_CLASS") said.push(/class (\\S+), about which the package (\\S+)/.exec(message).slice(1)) });
    ${top}
    fp.plan(${plan}); for (const _ of [1, 2]) await fp.value(fp.future(${fn}, [], ${options})); await fp.shutdown();
    setImmediate(() => console.log(JSON.stringify(said)));`;
  writeFileSync(join(folder, "main.mjs"), source);
  const { stdout } = await run(process.execPath, ["--no-warnings", "main.mjs"], { cwd: folder });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

const noted = `import "reflect-metadata"; class Noted { x = 1; m() {} }`;

test.each([
  ["a field's decorator", "", `() => validate(new User()).length`, ["User", "class-validator"]],
  ["a class's decorator in compiled CommonJS", "", `() => validate(new Page()).length`, ["Page", "class-validator"]],
  ["an instance", "const user = new User();", `() => user.email`, ["User", "class-validator"]],
  ["metadata of a class", `${noted} Reflect.defineMetadata("k", 1, Noted);`, `() => new Noted().x`, ["Noted", "reflect-metadata"]],
  [
    "metadata of a method",
    `${noted} Reflect.defineMetadata("k", 1, Noted.prototype, "m");`,
    `() => new Noted().x`,
    ["Noted", "reflect-metadata"],
  ],
  [
    "metadata of a field",
    `${noted} Reflect.defineMetadata("k", 1, Noted.prototype, "x");`,
    `() => new Noted().x`,
    ["Noted", "reflect-metadata"],
  ],
])("said once of %s", async (_, top, fn, expected) => {
  expect(await warned(top, fn)).toEqual([expected]);
});

test("said under sequential, where a future has a copy of the class, too", async () => {
  expect(await warned("", `() => validate(new User()).length`, { plan: '"sequential"' })).toEqual([["User", "class-validator"]]);
});

test.each([
  ["classes without decorators beside some that have them", "", `() => new Plain().x + new PageSize().size`],
  ["classes where reflect-metadata is only loaded", noted, `() => new Noted().x`],
  [
    "a function of the user's own in place of reflect-metadata's",
    `class Own {} Reflect.getOwnMetadataKeys = () => { throw new Error("ran") };`,
    `() => typeof new Own()`,
  ],
  ["what the package gives itself", "", `() => validate({}).length`],
])("not said of %s", async (_, top, fn) => {
  expect(await warned(top, fn)).toEqual([]);
});

test("not said where workers import the file, as it advises", async () => {
  const options = `{ modules: [new URL("./user.mjs", import.meta.url).href] }`;
  expect(await warned("", `() => validate(new User()).length`, { options })).toEqual([]);
});

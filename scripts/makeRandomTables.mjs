/**
 * Writes the tables of src/random: `node scripts/makeRandomTables.mjs <numpy> <optimized-routines>`, given checkouts of
 * github.com/numpy/numpy and github.com/ARM-software/optimized-routines (whose `log` is glibc's since 2.28).
 */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pcg64Module } from "./pcg64Module.mjs";

const [numpy, routines] = process.argv.slice(2);
if (routines === undefined) throw new Error("usage: node scripts/makeRandomTables.mjs <numpy> <optimized-routines>");
const target = new URL("../src/random/", import.meta.url);

function write(file, header, entries) {
  const lines = Object.entries(entries).map(
    ([name, { text, note }]) => `/** ${note} */\nexport const ${name} =\n  ${JSON.stringify(text)};`,
  );
  const comment = `/**\n * ${header}\n * Written by scripts/makeRandomTables.mjs.\n */`;
  const path = new URL(file, target);
  writeFileSync(path, `${comment}\n\n${lines.join("\n\n")}\n`);
  execFileSync("npx", ["oxfmt", path.pathname]);
}

const base64 = (typed) => Buffer.from(typed.buffer, typed.byteOffset, typed.byteLength).toString("base64");

/** The entries of a C array. */
function entries(source, name) {
  const body = new RegExp(`${name}\\[[^\\]]*\\] = \\{([^}]*)\\}`).exec(source)[1];
  return body
    .split(",")
    .map((entry) => entry.trim().replace(/U?L*$/, ""))
    .filter((entry) => entry !== "");
}

/** `k` is within a few units of the quotient of neighbouring `x`, so one letter for the difference is enough. */
function layers(source, letter, bits) {
  const widths = Float64Array.from(entries(source, `w${letter}_double`), Number);
  const limits = entries(source, `k${letter}_double`).map((entry) => Number(BigInt(entry)));
  const differences = limits.map((limit, i) => (i < 2 ? 0 : limit - Math.floor((widths[i - 1] / widths[i]) * 2 ** bits)));
  if (differences.some((difference) => difference < -31 || difference > 9)) throw new Error("Differences out of range");
  return { widths: base64(widths), differences: String.fromCharCode(...differences.map((difference) => 79 + difference)) };
}

function zigguratTables() {
  const source = readFileSync(join(numpy, "numpy/random/src/distributions/ziggurat_constants.h"), "utf8");
  const [normal, exponential] = [layers(source, "i", 52), layers(source, "e", 53)];
  write(
    "numpy/zigguratTables.ts",
    "numpy's tables of the ziggurat (numpy/random/src/distributions/ziggurat_constants.h, BSD-3-Clause), packed: see ziggurat.ts.",
    {
      normalWidths: { text: normal.widths, note: "`wi_double`: base64 of 256 doubles." },
      normalDifferences: { text: normal.differences, note: "`ki_double`, as what it differs from the quotient of neighbouring widths." },
      exponentialWidths: { text: exponential.widths, note: "`we_double`." },
      exponentialDifferences: { text: exponential.differences, note: "`ke_double`." },
    },
  );
}

function jumpPolynomial() {
  const source = readFileSync(join(numpy, "numpy/random/src/mt19937/mt19937-jump.h"), "utf8");
  const words = Uint32Array.from(entries(source, "poly_coef"), Number);
  write(
    "numpy/mersenneJumpPolynomial.ts",
    "The polynomial over GF(2) that moves MT19937 by 2^128 steps (numpy/random/src/mt19937/mt19937-jump.h, BSD-3-Clause).",
    {
      jumpPolynomial: { text: base64(words), note: "base64 of 624 words of 32 coefficients, lowest degree first." },
    },
  );
}

function logTable() {
  const source = readFileSync(join(routines, "math/log_data.c"), "utf8");
  const table = /#elif N == 128\s+((?:\{[^}]*\},\s*)+)/.exec(source)[1];
  const rows = [...table.matchAll(/\{(\S+), (\S+)\}/g)].map((row) => row.slice(1, 3).map(hexadecimal));
  if (rows.length !== 128) throw new Error(`${rows.length} rows instead of 128`);
  // What log.ts relies on: the logarithms are the rounded ones of the inverses.
  for (const [inverse, log] of rows) if (Math.round(-Math.log(inverse) * 2 ** 43) / 2 ** 43 !== log) throw new Error(`log of ${inverse}`);
  write(
    "r/logTable.ts",
    "`invc` of `__log_data` in glibc and ARM's optimized-routines (math/log_data.c, MIT): inverses of numbers near the centres of 128 intervals.",
    {
      inverses: { text: base64(Float64Array.from(rows, ([inverse]) => inverse)), note: "base64 of 128 doubles." },
    },
  );
}

/** A double in C's hexadecimal notation. */
function hexadecimal(text) {
  const [, sign, digits, exponent] = /^(-?)0x([0-9a-f.]+)p([+-]?\d+)$/.exec(text);
  const [whole, fraction = ""] = digits.split(".");
  return (sign === "-" ? -1 : 1) * Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
}

function pcg64() {
  write("numpy/pcg64Module.ts", "The WebAssembly of PCG64; scripts/pcg64Module.mjs is its source and explains it.", {
    pcg64Module: { text: Buffer.from(pcg64Module).toString("base64"), note: "base64 of the module." },
  });
}

zigguratTables();
jumpPolynomial();
logTable();
pcg64();

/** What `require("futureplan")` loads: the front door, or one sentence where ES modules cannot be required. */

"use strict";

try {
  module.exports = require("./index.js");
} catch (error) {
  if (error?.code !== "ERR_REQUIRE_ESM") throw error;
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isOld = major < 20 || (major === 20 && minor < 19);
  const here = `this is Node ${process.versions.node}`;
  const words = isOld
    ? `futureplan needs Node 20.19 or newer; ${here} (${process.execPath}).`
    : `futureplan is an ES module, and what runs here cannot require() one (${here}). jest can on Node 24.9 or newer, started with ` +
      "`node --experimental-vm-modules node_modules/jest/bin/jest.js`; on older versions jest needs that too, and tests that are ES modules (no transform to CommonJS).";
  throw new Error(words, { cause: error });
}

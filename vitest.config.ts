/** Tests use the built package wherever they say "futureplan": workers cannot start from TypeScript on Node 20. */

import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^futureplan$/, replacement: built("index.js") },
      { find: /^futureplan\/(backend|random|testing)$/, replacement: built("$1.js") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "property-tests/**/*.test.ts"],
    exclude: ["test/hosts/project/**", "node_modules/**"],
    server: { deps: { external: [/\/dist\/[^/]+\.js$/, /\/examples\/[^/]+\.mjs$/] } },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", "./scripts/countReporter.mjs"],
  },
});

export default config;

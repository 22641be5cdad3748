/** Tests use the built package wherever they say "futureplan": workers cannot start from TypeScript on Node 20. */

import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const built = (file: string): string => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

/** Those that take a minute or more begin first, so that none of them runs alone in the end. */
const long = /\/(conformance\/|ownBackend\.|examples\.|chaos\/)/;

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(({ moduleId }) => long.test(moduleId)), ...sorted.filter(({ moduleId }) => !long.test(moduleId))];
  }
}

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^futureplan$/, replacement: built("index.js") },
      { find: /^futureplan\/(backend|random|testing)$/, replacement: built("$1.js") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "property-tests/**/*.test.ts"],
    exclude: ["test/hosts/project/**", "test/reports/programs/**", "**/node_modules/**"],
    server: { deps: { external: [/\/dist\/[^/]+\.js$/, /\/examples\/[^/]+\.mjs$/] } },
    globalSetup: ["test/reports/installPackages.ts"],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", "./scripts/countReporter.mjs"],
  },
});

export default config;

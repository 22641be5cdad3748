/**
 * Lint: the limits of the house (file, function, complexity) and the import table below, folder by folder.
 * In oxlint the last override that names a rule wins, so each folder gets its whole import rule in one place.
 */

/** Folders that everyone may import. */
const ground = ["errors", "session", "protocol"];

/** What each folder may import besides itself and the ground; `effect` and `node` default to no. */
export const table = {
  protocol: { may: [], types: ["codec"] },
  errors: { may: [] },
  session: { may: [] },
  random: { may: [] },
  codec: { may: [], node: ["vm", "buffer", "util"] },
  map: { may: ["random"] },
  worker: { may: ["codec", "random", "transport"] },
  platform: { may: [], node: true },
  globals: { may: ["platform", "codec"], node: ["util"] },
  launchers: { may: [] },
  transport: { may: ["platform"], types: ["codec"], node: true },
  plans: { may: [] },
  core: { may: ["codec", "random", "globals", "map", "plans", "platform"] },
  backends: { may: ["core", "transport", "launchers", "plans", "platform", "codec", "worker", "random"], node: true, effect: true },
  api: { may: ["core", "map", "plans", "random", "platform"] },
  conformance: { may: ["api", "plans"], doors: true, node: true },
};

const folders = Object.keys(table);

function importRule(folder, { may, types = [], node = false, effect = false, doors = false }) {
  const allowed = [folder, ...ground, ...may, ...types];
  const forbidden = folders.filter((other) => !allowed.includes(other));
  const patterns = [
    { regex: above(forbidden), message: `${folder}/ may import ${[...may, ...ground].join(", ")} only.` },
    { regex: "^(futureplan|tsx|vitest)(/|$)", message: "Not inside src/." },
  ];
  if (types.length > 0)
    patterns.push({ regex: above(types), allowTypeImports: true, message: `${folder}/ may import types of ${types.join(", ")} only.` });
  if (!doors)
    patterns.push({ regex: "^(\\.\\./)+(index|backend|testing|random)\\.ts$", message: "Doors are for users; import the file itself." });
  if (!effect) patterns.push({ regex: "^(effect|tinypool)(/|$)", message: "effect and tinypool live in backends/ only." });
  else patterns.push({ regex: "^effect$", message: 'Import effect by submodule: import * as Effect from "effect/Effect".' });
  if (!node) patterns.push({ regex: "^node:", message: `${folder}/ does not know Node; ask platform/.` });
  if (Array.isArray(node)) {
    patterns.push({ regex: `^node:(${notAmong(node).join("|")})$`, message: `Of Node, ${folder}/ may import ${node.join(", ")}.` });
  }
  return ["error", { patterns }];
}

function above(names) {
  return `^(\\.\\./)+(${names.join("|")})/`;
}

/** Built-ins other than `allowed`; oxlint's regular expressions have no look-ahead. */
function notAmong(allowed) {
  const all =
    "assert|async_hooks|child_process|cluster|crypto|dgram|diagnostics_channel|dns|events|fs|fs/promises|http|http2|https|inspector|module|net|os|path|perf_hooks|process|readline|stream|string_decoder|timers|timers/promises|tls|tty|url|util|v8|worker_threads|zlib|vm|buffer";
  return all.split("|").filter((name) => !allowed.includes(name));
}

/** Time and chance come from `platform/clock.ts` and `random/`, so that tests can own them. */
const timeAndChance = {
  "no-restricted-globals": [
    "error",
    ...["setTimeout", "setInterval", "setImmediate", "performance"].map((name) => ({
      name,
      message: "Time comes from platform/clock.ts.",
    })),
  ],
  "no-restricted-properties": [
    "error",
    { object: "Date", property: "now", message: "Time comes from platform/clock.ts." },
    { object: "Math", property: "random", message: "Chance comes from random/." },
  ],
};
const freeOfTimeAndChance = { "no-restricted-globals": "off", "no-restricted-properties": "off" };

export default {
  plugins: ["typescript", "unicorn", "oxc", "import"],
  categories: { correctness: "error" },
  options: { typeAware: true },
  env: { builtin: true, node: true },
  ignorePatterns: ["dist", "node_modules", "bench/results", "test/hosts/project", "test/reports/programs"],
  rules: {
    "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    "max-lines-per-function": ["error", { max: 60, skipBlankLines: false, skipComments: false, IIFEs: true }],
    complexity: ["error", { max: 12 }],
    eqeqeq: "error",
    "no-empty": "error",
    "no-var": "error",
    "prefer-const": "error",
    "no-console": "error",
    "import/no-default-export": "error",
    // Our interfaces are written with methods, which may well be taken apart.
    "typescript/unbound-method": "off",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
    "typescript/consistent-type-assertions": ["error", { assertionStyle: "never" }],
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-floating-promises": "error",
  },
  overrides: [
    { files: ["src/**"], rules: timeAndChance },
    ...folders.map((folder) => ({ files: [`src/${folder}/**`], rules: { "no-restricted-imports": importRule(folder, table[folder]) } })),
    { files: ["src/worker/host/**"], rules: { "no-restricted-imports": importRule("worker", { ...table.worker, node: true }) } },
    { files: ["src/platform/**", "src/worker/**", "src/random/**", "src/conformance/**"], rules: freeOfTimeAndChance },
    // Where values of unknown type are taken apart and rebuilt, a reason on the line stands for the proof.
    {
      files: ["src/codec/**", "src/platform/**", "src/globals/**", "src/worker/host/**", "src/session/**"],
      rules: { "typescript/consistent-type-assertions": "off" },
    },
    {
      files: ["test/**", "property-tests/**", "examples/**", "bench/**", "scripts/**", "*.mjs", "*.config.ts"],
      rules: { "no-console": "off", "typescript/consistent-type-assertions": "off", "import/no-default-export": "off" },
    },
    // References are resolved where the file that names them lies.
    {
      files: ["src/codec/decode/decodeReference.ts"],
      rules: { "no-restricted-imports": importRule("codec", { ...table.codec, node: true }) },
    },
    // The one place that names backends, and only to import them when they are wanted.
    {
      files: ["src/plans/registry.ts"],
      rules: { "no-restricted-imports": importRule("plans", { ...table.plans, may: ["backends"] }) },
    },
    // One branch for each kind of value that is generated and compared.
    { files: ["property-tests/graphs/**"], rules: { complexity: "off", "typescript/no-base-to-string": "off" } },
    // Constants are written as the originals have them.
    { files: ["src/random/**"], rules: { "no-loss-of-precision": "off" } },
    // Tests and benchmarks do on purpose what programs should not.
    {
      files: ["test/**", "property-tests/**", "bench/**", "src/conformance/**"],
      rules: {
        "typescript/no-implied-eval": "off",
        "typescript/no-misused-spread": "off",
        "typescript/await-thenable": "off",
        "typescript/restrict-template-expressions": "off",
        "unicorn/no-new-array": "off",
        "unicorn/no-empty-file": "off",
        "unicorn/no-useless-spread": "off",
        "unicorn/prefer-string-starts-ends-with": "off",
      },
    },
    // A describe block is a list, not a function.
    { files: ["test/**", "property-tests/**", "src/conformance/**"], rules: { "max-lines-per-function": "off" } },
  ],
};

/** `nodePath` of a cluster and of its entries, as the variable by which Node knows it. */

import { PlanInvalid } from "../errors/errors.ts";
import { optionText } from "../errors/words.ts";
import { aRecord, strings } from "./rules.ts";

/** The options without `nodePath`, and with `NODE_PATH` in their `env`. Throws `PlanInvalid`. */
export function withNodePath(options: Readonly<Record<string, unknown>>, where: string): Readonly<Record<string, unknown>> {
  const { nodePath, ...rest } = options;
  if (nodePath === undefined) return rest;
  if (!strings.accepts(nodePath) || !nodePath.every((path) => /^\/(.*\/)?node_modules\/?$/.test(path))) {
    throw new PlanInvalid(
      optionText(
        where,
        "nodePath",
        "an array of absolute paths of directories called node_modules: Node finds ES modules in no other",
        nodePath,
      ),
    );
  }
  const { env = {} } = rest;
  return aRecord.accepts(env) ? { ...rest, env: { ...env, NODE_PATH: nodePath.join(":") } } : rest;
}

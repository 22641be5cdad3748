/**
 * The plan of the environment. `FUTURE_PLAN`: strata by commas, each `name` or `name:workers` (of a cluster also `cluster:n1+n2+n2`), or JSON
 * (`"name"`, `{"backend", "options"}`, or an array of these). `FUTURE_WORKERS`: the default number of workers.
 */

import { PlanInvalid } from "../errors/errors.ts";
import { environmentText } from "../errors/words.ts";
import { parsePlan, type Plan } from "./parsePlan.ts";
import { makeSpec } from "./makeSpec.ts";
import { backendEntry, backendNames } from "./registry.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The starting plan, `undefined` when `FUTURE_PLAN` is unset or empty. Throws `PlanInvalid` naming the variable. */
export function environmentPlan(env: Environment): Plan | undefined {
  const text = env["FUTURE_PLAN"]?.trim();
  if (text === undefined || text === "") return undefined;
  try {
    return parsePlan(/^[[{"]/.test(text) ? parseJson(text) : text.split(",").map(parseStratum));
  } catch (cause) {
    throw new PlanInvalid(environmentText("FUTURE_PLAN", withoutSecrets(text), allowedPlans(), cause), { cause });
  }
}

/** The words of `JSON.parse` quote what may be secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    throw new SyntaxError(`It is no JSON${position === undefined ? "" : ` (see character ${Number(position) + 1})`}.`);
  }
}

/** Variables for workers are shown to nobody, nor what follows them: where they end may be just what is wrong. */
function withoutSecrets(text: string): string {
  return text.replace(/(\benv["']?\s*:).*$/s, "$1…");
}

/** The default number of workers, `undefined` when `FUTURE_WORKERS` is unset or empty. Throws `PlanInvalid`. */
export function environmentWorkers(env: Environment): number | undefined {
  const text = env["FUTURE_WORKERS"]?.trim();
  if (text === undefined || text === "") return undefined;
  if (!isCount(text)) throw new PlanInvalid(environmentText("FUTURE_WORKERS", text, "a whole number of at least 1", undefined));
  return Number(text);
}

function parseStratum(text: string): unknown {
  const [name = "", argument, ...more] = text.trim().split(":");
  if (argument === undefined) return name;
  if (!isCount(argument) && backendNames().includes(name) && backendEntry(name).expand !== undefined) {
    return makeSpec(name, { workers: [argument, ...more].join(":").split("+") });
  }
  if (more.length > 0 || !isCount(argument)) throw new PlanInvalid(`"${text.trim()}" is not of the form name:workers.`);
  return makeSpec(name, { workers: Number(argument) });
}

function isCount(text: string): boolean {
  return /^0*[1-9]\d{0,8}$/.test(text);
}

function allowedPlans(): string {
  return `${backendNames().join(", ")}; name:workers; several of these joined by commas; or JSON such as {"backend":"multicore","options":{"workers":2}}`;
}

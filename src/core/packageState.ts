/**
 * Warns, once for each package, of functions that use it as it is configured here: workers import it anew, and know nothing of that.
 * Not where something configures workers: the plan's `setup`, or `everywhere()` with the same package.
 */

import type { Special } from "../codec/Encoded.ts";
import { packageStateText, registeredClassText } from "../errors/packageWords.ts";
import type { PackageState, RegisteredClass } from "../globals/snapshots.ts";
import { packageVersion } from "../platform/packages.ts";
import { currentSession } from "../session/currentSession.ts";
import { payloadOf } from "./everywhereCalls.ts";
import type { OpenPlan } from "./OpenPlan.ts";

const told = new Set<string>();

/** To be called with what a future, or a map, has captured. */
export function warnOfPackageState(configured: readonly PackageState[], { capabilities, spec }: OpenPlan): void {
  if (configured.length === 0 || currentSession().worker !== undefined) return; // home has told
  for (const one of configured) if ("className" in one) warnOfClass(one);
  if (!capabilities.parallel || spec.options.setup !== undefined) return;
  const known = configuredEverywhere();
  for (const one of configured) {
    if ("className" in one || told.has(one.package) || known.has(one.package)) continue;
    told.add(one.package);
    process.emitWarning(packageStateText(one), { type: "FutureWarning", code: "FUTURE_PACKAGE_STATE" });
  }
}

/** Under every plan: where a future runs at home, too, it has a copy of the class. */
function warnOfClass(found: RegisteredClass): void {
  const key = `class ${found.package}`;
  if (told.has(key)) return;
  told.add(key);
  process.emitWarning(registeredClassText(found), { type: "FutureWarning", code: "FUTURE_DECORATED_CLASS" });
}

function configuredEverywhere(): ReadonlySet<string> {
  const payloads = currentSession().everywhere.map(payloadOf);
  const specials = payloads.flatMap(({ body, needs }) => [
    ...(body.specials ?? []),
    ...needs.flatMap((need) => (need.type === "constant" ? (need.encoded.specials ?? []) : [])),
  ]);
  return new Set(specials.flatMap((special) => packageOf(special) ?? []));
}

/** Of something that is imported. */
function packageOf([tag, specifier, parent]: Special): string | undefined {
  if (typeof specifier !== "string" || (tag !== "import" && tag !== "require")) return undefined;
  return packageVersion(specifier, typeof parent === "string" ? parent : specifier)?.name;
}

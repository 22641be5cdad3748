/** Imports are variables of another module: where captured functions of that module write them, the importers must see it. */

import { bareUrl } from "../codec/importFrom.ts";
import { isNamespace } from "../codec/encode/objects.ts";
import { importsOf } from "./importsOf.ts";
import { ambiguous, type Group, type Use } from "./variables.ts";

/** Adds to the groups of written module variables those who see them as imports. */
export function joinImporters(groups: readonly Group[], uses: readonly Use[]): void {
  for (const group of groups) {
    const [first] = group.uses;
    const script = first?.record.site.script;
    if (first === undefined || script === undefined || !isModuleVariable(first) || !group.uses.some(({ bound }) => bound.assigned))
      continue;
    const exported = new Set([...(script.facts?.exports ?? [])].filter(([, local]) => local === first.bound.name).map(([name]) => name));
    if (exported.size === 0) continue;
    for (const use of uses) if (use.record.site.script !== script) joinOne(group, use, exported, script.url);
  }
}

function isModuleVariable({ bound }: Use): boolean {
  return bound.frame?.description.startsWith("Module") === true;
}

function joinOne(group: Group, use: Use, exported: ReadonlySet<string>, url: string): void {
  const { bound, record } = use;
  const [first] = group.uses;
  if (isNamespace(bound.value)) {
    const namespace = bound.value;
    if ((bound.members ?? Object.keys(namespace)).some((name) => exported.has(name) && Object.is(namespace[name], first?.bound.value)))
      throw ambiguous([use, ...group.uses]);
    return;
  }
  const { script } = record.site;
  if (script === undefined || !Object.is(bound.value, first?.bound.value) || !isModuleVariable(use)) return;
  const binding = importsOf(script).find(({ local }) => local === bound.name);
  if (binding === undefined || !exported.has(binding.imported)) return;
  // A third module may export it again: then nobody can tell.
  if (!isSameFile(new URL(binding.specifier, script.url).href, url)) throw ambiguous([use, ...group.uses]);
  group.uses.push(use);
}

export function isSameFile(a: string, b: string): boolean {
  return bareUrl(a) === bareUrl(b);
}

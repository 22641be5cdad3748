/**
 * What the user's modules do to packages beside importing things from them, which a worker that imports the package knows nothing of:
 * imports for their effects (`import "reflect-metadata"`), which are done again there, and configuration, of which home warns.
 * The file's text is searched first; only where it may hold something is it parsed.
 */

import { fileText } from "../platform/fileText.ts";
import { packageVersion, viteSpecifier } from "../platform/packages.ts";
import { madeName, topLevel, type PackageChange, type TopLevel } from "./analysis/topLevel.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { registeredClasses } from "./registeredClasses.ts";
import type { ConfiguredPackage, PackageState } from "./snapshots.ts";
import type { BoundName } from "./resolveNames.ts";
import type { Script } from "./Script.ts";

/** Longer texts are bundles. */
const limit = 500_000;
/** The library itself needs no import, and runners of tests are configured for what runs in them. */
const left = /^(?:futureplan|vitest|@vitest\/.*|@jest\/globals|jest|mocha|chai|ava|tap|uvu|@playwright\/test)$/;

class ModuleUse {
  readonly #script: Script;
  readonly #text: string | undefined;
  #effects: readonly string[] | undefined;
  readonly #configured = new Map<string, ConfiguredPackage | undefined>();
  #parsed: { readonly text: string; readonly facts: TopLevel | undefined } | undefined;

  constructor(script: Script) {
    this.#script = script;
    this.#text = fileText(script.url);
  }

  get effects(): readonly string[] {
    this.#effects ??= this.#findEffects();
    return this.#effects;
  }

  #findEffects(): readonly string[] {
    const { url } = this.#script;
    const text = this.#text ?? (/\[eval\d*\]$/.test(url) ? this.#script.source : "");
    if (text.length > limit || !/(?:^|[;{}])\s*(?:import\s*["']|require\s*\()/m.test(text)) return [];
    return (this.#facts.facts?.effects ?? []).map(viteSpecifier).filter((specifier) => this.#packageOf(specifier) !== undefined);
  }

  #packageOf(specifier: string): string | undefined {
    const name = packageVersion(specifier, this.#script.url)?.name;
    return name === undefined || left.test(name) ? undefined : name;
  }

  configured({ name, members }: BoundName): ConfiguredPackage | undefined {
    const known = this.#configured.get(name);
    if (known !== undefined || this.#configured.has(name)) return known;
    const found = this.#findConfigured(name, members);
    this.#configured.set(name, found);
    return found;
  }

  #findConfigured(name: string, members: readonly string[] | undefined): ConfiguredPackage | undefined {
    const isMade = madeName.test(name);
    const text = isMade ? this.#script.source : (this.#text ?? "");
    if (text.length > limit || !statementOf(name.replaceAll("$", "\\$")).test(text)) return undefined;
    // Of a namespace that stands for several imports only what the function uses counts.
    const isUsed = ([key = ""]: readonly string[]): boolean => !isMade || members === undefined || members.includes(key);
    const change = this.#facts.facts?.changes.find(({ local, keys }) => local === name && isUsed(keys));
    const found = change && this.#packageOf(viteSpecifier(change.specifier));
    if (change === undefined || found === undefined) return undefined;
    const [export_ = found] = change.keys;
    return { package: found, binding: isMade ? (export_ === "default" ? found : export_) : name, ...this.#placeOf(change, isMade) };
  }

  /** In the file where its text was parsed, or where the same words stand in it. */
  #placeOf({ start, local, keys }: PackageChange, isMade: boolean): Pick<ConfiguredPackage, "file" | "line"> {
    const { url: file } = this.#script;
    const { text } = this.#facts;
    if (text === this.#text) return { file, line: lineAt(text, start) };
    const words = isMade ? statementOf(`[\\w$]+[\\w$.]*?(?=\\.${keys.at(-1)}\\b)`) : statementOf(local);
    const at = words.exec(this.#text ?? "");
    if (at !== null && this.#text !== undefined) return { file, line: lineAt(this.#text, at.index + at[0].length - 1) };
    return { file, line: this.#script.positionAt(start).line + 1 };
  }

  /** Of the file; of what V8 has where the file is TypeScript. */
  get #facts(): { readonly text: string; readonly facts: TopLevel | undefined } {
    if (this.#parsed === undefined) {
      const facts = this.#text === undefined ? undefined : topLevel(this.#text);
      this.#parsed =
        facts === undefined || this.#text === undefined
          ? { text: this.#script.source, facts: topLevel(this.#script.source) }
          : { text: this.#text, facts };
    }
    return this.#parsed;
  }
}

/** A statement that begins with what matches `words` and goes on to a property. */
function statementOf(words: string): RegExp {
  return new RegExp(`(?:^|[;{}])\\s*(?:await\\s+)?${words}\\s*(?:\\?\\.|\\.|\\[)`, "m");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

const known = new WeakMap<Script, ModuleUse>();

function useOf(script: Script): ModuleUse {
  let use = known.get(script);
  if (use === undefined) known.set(script, (use = new ModuleUse(script)));
  return use;
}

type Effect = readonly ["effect", specifier: string, parentUrl: string];

const none: readonly never[] = [];

/** `["effect", specifier, importing file]` for each import for its effects in the modules of these functions. */
export function effectsOf(records: readonly FunctionRecord[]): readonly Effect[] {
  let found: Map<Script, readonly Effect[]> | undefined;
  for (const { site } of records) {
    const { script } = site;
    if (script === undefined || script.inPackage || found?.has(script) === true) continue;
    const { effects } = useOf(script);
    if (effects.length > 0)
      (found ??= new Map()).set(
        script,
        effects.map((specifier): Effect => ["effect", specifier, script.url]),
      );
  }
  return found === undefined ? none : [...found.values()].flat();
}

/** Packages that a module of these functions configures, and the function uses; and those that know classes among them. */
export function configuredPackages(records: readonly FunctionRecord[]): readonly PackageState[] {
  const classes = registeredClasses(records);
  let found: PackageState[] | undefined = classes.length > 0 ? [...classes] : undefined;
  for (const { site, scopes, bound } of records) {
    const { script } = site;
    if (script === undefined || script.inPackage) continue;
    for (const one of bound) {
      const configured = one.frame === undefined ? undefined : useOf(script).configured(one);
      if (configured !== undefined && isImport(one, scopes)) (found ??= []).push(configured);
    }
  }
  return found ?? none;
}

/** Variables of functions have their names to themselves. */
function isImport({ name, frame }: BoundName, scopes: readonly ScopeFrame[]): boolean {
  return madeName.test(name) || frame === scopes.findLast(({ description }) => !/^(Global|Script)/.test(description));
}

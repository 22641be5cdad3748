/** The option `modules`: what these files of the user's export is imported by the receiver instead of being copied. */

import { types } from "node:util";
import type { Special } from "../codec/Encoded.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { loadedCommonJs, scriptUrl } from "../platform/packages.ts";
import { isSameFile } from "./importedVariables.ts";
import { importFrame, importsOf, topValue } from "./importsOf.ts";
import type { Script } from "./Script.ts";
import type { Site } from "./Site.ts";

interface Placed {
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
}

export class ModuleReferences {
  private readonly urls: readonly string[];
  private readonly found = new WeakMap<object, Special>();
  private readonly locals = new Map<string, ReadonlyMap<string, Special>>();

  constructor(urls: readonly string[]) {
    this.urls = urls;
    if (urls.length === 0) return;
    for (const [file, module] of Object.entries(loadedCommonJs()))
      if (this.names(scriptUrl(file))) this.noteCommonJs(scriptUrl(file), module?.exports);
  }

  private names(url: string): boolean {
    return this.urls.some((named) => isSameFile(named, url));
  }

  private noteCommonJs(url: string, exports: unknown): void {
    this.note(exports, ["require", url, []]);
    if (typeof exports !== "object" || exports === null || types.isProxy(exports)) return;
    for (const key of Object.keys(exports)) this.note(Object.getOwnPropertyDescriptor(exports, key)?.value, ["require", url, [key]]);
  }

  private note(value: unknown, special: Special): void {
    if ((typeof value === "object" && value !== null) || typeof value === "function") this.found.set(value, special);
  }

  /** Looks at a script: what it exports, if it is named, and what it imports from files that are. */
  see(script: Script, scopes: readonly ScopeFrame[]): void {
    if (this.urls.length === 0 || this.locals.has(script.id)) return;
    const locals = new Map<string, Special>();
    this.locals.set(script.id, locals);
    if (this.names(script.url)) noteExports(script, locals);
    for (const { local, specifier, imported } of importsOf(script)) {
      const url = URL.canParse(specifier, script.url) ? new URL(specifier, script.url).href : specifier;
      if (this.names(url)) locals.set(local, ["import", specifier, script.url, imported === "*" ? [] : [imported]]);
    }
    for (const [local, special] of locals) this.note(topValue(script, scopes, local), special);
  }

  /** What a variable of a script means, if that is to be imported. */
  variable({ site: { script }, scopes }: Placed, name: string, frame: ScopeFrame): Special | undefined {
    const special = script && this.locals.get(script.id)?.get(name);
    return script && special && importFrame(script, scopes, name) === frame ? special : undefined;
  }

  /** The same for a value, however it was reached. */
  value(value: object): Special | undefined {
    return this.found.get(value);
  }
}

function noteExports(script: Script, locals: Map<string, Special>): void {
  for (const [name, local] of script.facts?.exports ?? []) locals.set(local, ["import", script.url, script.url, [name]]);
}

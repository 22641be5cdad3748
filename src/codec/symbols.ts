/** Symbols: registered and well-known ones are the same everywhere; a local one keeps its identity within a session. */

import { currentSession } from "../session/currentSession.ts";
import type { Encoder } from "./encode/Encoder.ts";
import type { Special } from "./Encoded.ts";
import { text } from "./decode/damage.ts";
import { read } from "./reflection.ts";

const wellKnown = new Map<symbol, string>(
  Object.getOwnPropertyNames(Symbol).flatMap((name): [symbol, string][] => {
    const value: unknown = read(Symbol, name);
    return typeof value === "symbol" ? [[value, name]] : [];
  }),
);

/** Whether it is neither registered nor well-known. */
export function isLocal(symbol: symbol): boolean {
  return Symbol.keyFor(symbol) === undefined && !wellKnown.has(symbol);
}

/** `["symbol", kind, name, id]`, or a reference. */
export function encodeSymbol(encoder: Encoder, symbol: symbol): Special {
  encoder.bytes += 16;
  const registered = Symbol.keyFor(symbol);
  if (registered !== undefined) return ["symbol", "for", registered];
  const known = wellKnown.get(symbol);
  if (known !== undefined) return ["symbol", "known", known];
  const reference = encoder.hooks.symbol(symbol);
  if (reference !== undefined) return reference;
  const { names, byName } = currentSession().symbols;
  let id = names.get(symbol);
  if (id === undefined) {
    id = `${currentSession().id}:${names.size}`;
    names.set(symbol, id);
    byName.set(id, symbol);
  }
  return ["symbol", "local", symbol.description, id];
}

/** The symbol of a special: the one that was sent from here, if it was. */
export function decodeSymbol(special: Special): symbol {
  const [, kind, name, id] = special as readonly [string, "for" | "known" | "local", string | undefined, string]; // our own tuple
  switch (kind) {
    case "for":
      return Symbol.for(text(name));
    case "known":
      return read(Symbol, text(name)) as symbol; // a well-known one
    case "local": {
      const { names, byName } = currentSession().symbols;
      const known = byName.get(id);
      if (known !== undefined) return known;
      const made = Symbol(name === undefined ? undefined : text(name));
      names.set(made, id);
      byName.set(id, made);
      return made;
    }
  }
}

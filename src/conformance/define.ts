/** Expands definitions over their arguments; the area becomes the first tag and the first word of the title. */

import type { Arguments, Case, Definition } from "./Case.ts";

/** The cases of one area, one per definition and combination of arguments. */
export function define(area: string, definitions: readonly Definition[]): readonly Case[] {
  return definitions.flatMap((definition) => combinations(definition).map((args) => makeCase(area, definition, args)));
}

function combinations({ args = {} }: Definition): readonly Arguments[] {
  const { lazy = [false], via = ["itself"] } = args;
  return lazy.flatMap((isLazy) => via.map((how) => ({ lazy: isLazy, via: how })));
}

function makeCase(area: string, definition: Definition, args: Arguments): Case {
  const chosen = Object.keys(definition.args ?? {}).map((name) => (name === "lazy" ? (args.lazy ? "lazy" : "eager") : `via ${args.via}`));
  return {
    title: `${area}: ${definition.title}${chosen.length === 0 ? "" : ` [${chosen.join(", ")}]`}`,
    tags: [area, ...(definition.tags ?? [])],
    needs: definition.needs ?? [],
    args,
    run: (context) => definition.run(context),
  };
}

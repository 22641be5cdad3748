/**
 * Which of the captured functions stand in one and the same frame. Frames of other places or with other values are told apart by
 * what was read of them; equal ones by marks in their variables, where it matters.
 */

import type { ScopeFrame } from "../platform/inspector.ts";
import { sameVariable, type Viewer } from "../platform/sameVariable.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { stoppableOf } from "./stoppableOf.ts";
import { ambiguous, type Declaration, type Use } from "./variables.ts";

/** One function's view of one frame, with what it uses of it. */
interface View {
  readonly record: FunctionRecord;
  readonly frame: ScopeFrame;
  readonly depth: number;
  readonly uses: Map<Declaration, Use>;
}

/** For the frames that the declarations' uses are in, something that is the same where the frame is. Throws `NotPortable` where that cannot be told. */
export function framesOf(declarations: readonly Declaration[]): ReadonlyMap<ScopeFrame, unknown> {
  const identities = new Map<ScopeFrame, unknown>();
  for (const alike of equalFrames(viewsOf(declarations))) {
    const shared = sharedUses(alike);
    if (shared.length === 0) continue;
    const known = knownIdentities(alike) ?? separate(alike, shared);
    for (const [view, identity] of known) identities.set(view.frame, identity);
  }
  return identities;
}

function viewsOf(declarations: readonly Declaration[]): readonly View[] {
  const views = new Map<ScopeFrame, View>();
  for (const declaration of declarations) {
    for (const use of declaration.uses) {
      const { record, bound } = use;
      const { frame } = bound;
      if (frame === undefined) continue;
      const view = views.get(frame) ?? { record, frame, depth: record.scopes.indexOf(frame), uses: new Map<Declaration, Use>() };
      views.set(frame, view);
      view.uses.set(declaration, use);
    }
  }
  return [...views.values()];
}

/** Variables with several users, one of which may write it; the most used first. */
function sharedUses(views: readonly View[]): readonly (readonly [Declaration, readonly Use[]])[] {
  const found = new Map<Declaration, Use[]>();
  for (const { uses } of views.length > 1 ? views : []) {
    for (const [declaration, use] of uses) {
      const others = found.get(declaration);
      if (others === undefined) found.set(declaration, [use]);
      else others.push(use);
    }
  }
  return [...found]
    .filter(([, uses]) => uses.length > 1 && uses.some(({ record, bound }) => bound.assigned || record.site.facts.directEval))
    .toSorted(([, one], [, other]) => other.length - one.length);
}

/** A tree: each step is a fact that frames have in common. */
interface Branch {
  readonly next: Map<unknown, Branch>;
  readonly views: View[];
}

function equalFrames(views: readonly View[]): readonly (readonly View[])[] {
  const classes: View[][] = [];
  const root: Branch = { next: new Map(), views: [] };
  for (const view of views) {
    let at = step(root, view.record.site.script);
    for (const name of Object.keys(view.frame.object)) at = step(step(at, name), valueIn(view.frame, name));
    if (at.views.push(view) === 1) classes.push(at.views);
  }
  return classes;
}

function step({ next }: Branch, fact: unknown): Branch {
  let branch = next.get(fact);
  if (branch === undefined) next.set(fact, (branch = { next: new Map(), views: [] }));
  return branch;
}

const dead = Symbol("dead");

/** Variables in their dead zone throw when read. */
function valueIn({ object }: ScopeFrame, name: string): unknown {
  try {
    return object[name];
  } catch {
    return dead;
  }
}

/** By function and depth. What was told apart at one time stays so; what was not may be the same. */
const identified = new WeakMap<Function, Map<number, { readonly frame: symbol; readonly time: symbol }>>();

function knownIdentities(views: readonly View[]): ReadonlyMap<View, symbol> | undefined {
  const found = new Map<View, symbol>();
  let first: symbol | undefined;
  for (const view of views) {
    const { frame, time } = identified.get(view.record.fn)?.get(view.depth) ?? {};
    first ??= time;
    if (frame === undefined || time !== first) return undefined;
    found.set(view, frame);
  }
  return found;
}

function separate(views: readonly View[], shared: ReturnType<typeof sharedUses>): ReadonlyMap<View, symbol> {
  const found = new Map<View, symbol>();
  let rest = views;
  for (const [declaration, uses] of shared) {
    try {
      for (const [view, frame] of ask(rest, declaration)) found.set(view, frame);
    } catch (cause) {
      throw ambiguous(uses, cause);
    }
    rest = rest.filter((view) => !found.has(view));
    if (rest.length < 2) break;
  }
  const [unclear] = sharedUses(rest);
  if (unclear !== undefined) throw ambiguous(unclear[1]);
  for (const view of rest) found.set(view, Symbol("alone"));
  if (rest.length < 2) remember(found);
  return found;
}

function remember(found: ReadonlyMap<View, symbol>): void {
  const time = Symbol("time");
  for (const [{ record, depth }, frame] of found) {
    const depths = identified.get(record.fn) ?? new Map<number, { frame: symbol; time: symbol }>();
    identified.set(record.fn, depths.set(depth, { frame, time }));
  }
}

/** Asks those who use a variable; the others are looked at. */
function ask(views: readonly View[], declaration: Declaration): ReadonlyMap<View, symbol> {
  const name = views.flatMap(({ uses }) => uses.get(declaration)?.bound.name ?? [])[0];
  if (name === undefined) return new Map();
  const viewers = new Map<Viewer, View>();
  for (const view of views) {
    const { record, depth, uses } = view;
    viewers.set({ fn: record.fn, depth, given: uses.has(declaration) ? stoppableOf(record, name) : undefined }, view);
  }
  const marks = sameVariable(name, [...viewers.keys()]);
  return new Map([...viewers].flatMap(([viewer, view]) => pairOf(view, marks.get(viewer))));
}

function pairOf(view: View, mark: symbol | undefined): readonly (readonly [View, symbol])[] {
  return mark === undefined ? [] : [[view, mark]];
}

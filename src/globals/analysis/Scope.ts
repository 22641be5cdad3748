/**
 * Scopes, bindings and references of a piece of JavaScript: the model that the walk fills and `resolve` links.
 * A scope also knows whose `this`, `super` and `new.target` the code in it uses (its *owner*) and where its
 * `var` declarations go.
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * `function` holds parameters (and the body's variables, unless parameters contain expressions: then those are in
 * a `body` below it); `initialiser` is a class field's value or a static block; `outside` surrounds a lone function.
 */
export type ScopeKind = "outside" | "program" | "functionName" | "function" | "body" | "block" | "loop" | "catch" | "class" | "initialiser";

export type BindingKind = "const" | "let" | "var" | "function" | "class" | "param" | "catch" | "import" | "functionName";

/** How a name is used; `init` is the initialiser of its own declaration. */
export type Use = "read" | "write" | "update" | "typeof" | "init";

/** What stands around a name, as far as replacing it by an expression must know. */
export type Place = "plain" | "shorthand" | "callee" | "statementCallee";

export interface Reference extends Range {
  readonly name: string;
  readonly scope: Scope;
  readonly use: Use;
  readonly place: Place;
  /** The properties, when the name is used as `name.member` for reading or calling, or as `const { a, b } = name`. */
  readonly members: readonly string[] | undefined;
}

export interface Binding {
  kind: BindingKind;
  readonly scope: Scope;
  readonly start: number;
  /** A `var` of the same name may not pass through its scope. */
  readonly lexical: boolean;
  readonly references: Reference[];
  /** Written other than by the one initialiser of its declaration. */
  assigned: boolean;
}

/** What a new scope adds to what it inherits from its parent. */
export interface ScopeTraits {
  readonly strict?: boolean;
  readonly holdsVars?: boolean;
  readonly ownsThis?: boolean;
  /** Where the text of the function or class begins, when that is before the node (methods). */
  readonly textStart?: number;
}

export class Scope implements Range {
  readonly kind: ScopeKind;
  readonly start: number;
  readonly end: number;
  readonly textStart: number;
  readonly parent: Scope | undefined;
  readonly children: Scope[] = [];
  readonly bindings: Map<string, Binding> = new Map();
  readonly strict: boolean;
  /** The scope that `var` declarations standing here belong to. */
  readonly vars: Scope;
  /** The scope whose `this`, `super` and `new.target` code standing here uses. */
  readonly owner: Scope;
  /** Private names declared by this class. */
  readonly privates: Set<string> = new Set();
  usesThis = false;
  /** The properties of `this` that are read by fixed names; `undefined`: something else is done with it. */
  thisMembers: Set<string> | undefined = new Set();
  usesSuper = false;
  usesNewTarget = false;
  hasEval = false;

  constructor(kind: ScopeKind, range: Range, parent: Scope | undefined, traits: ScopeTraits = {}) {
    this.kind = kind;
    this.start = range.start;
    this.end = range.end;
    this.textStart = traits.textStart ?? range.start;
    this.parent = parent;
    this.strict = traits.strict ?? parent?.strict ?? false;
    this.vars = traits.holdsVars || parent === undefined ? this : parent.vars;
    this.owner = traits.ownsThis || parent === undefined ? this : parent.owner;
    parent?.children.push(this);
  }

  /** Adds a binding, or finds the one that a `var`, parameter or function of this name already made. */
  declare(name: string, kind: BindingKind, start: number, lexical: boolean): Binding {
    const existing = this.bindings.get(name);
    if (existing !== undefined) {
      if (kind === "function") existing.kind = kind;
      return existing;
    }
    const binding: Binding = { kind, scope: this, start, lexical, references: [], assigned: false };
    this.bindings.set(name, binding);
    return binding;
  }

  /** The binding that `name` means to code standing here; every function that is not an arrow has `arguments`. */
  lookup(name: string): Binding | undefined {
    const own = this.bindings.get(name);
    if (own !== undefined) return own;
    if (name === "arguments" && this.kind === "function" && this.owner === this) return this.declare(name, "param", this.start, false);
    return this.parent?.lookup(name);
  }
}

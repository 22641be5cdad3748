/** Captured by a future or returned from one, a generator goes on where it stood: it travels as its state. */

interface Restorable<State, G> {
  fromState(state: State): G;
}

/** To be called by a class of generators about itself. The names are those that every class may have (`codec/`). */
export function travelByState<State, G extends { readonly state: State }>(kind: Restorable<State, G>): void {
  Object.defineProperty(kind, Symbol.for("futureplan.encode"), { value: (generator: G): State => generator.state });
  Object.defineProperty(kind, Symbol.for("futureplan.decode"), { value: (state: State): G => kind.fromState(state) });
}

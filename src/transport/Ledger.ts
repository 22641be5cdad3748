/**
 * What host and worker both see without a message: which of the tasks that the worker was sent have begun. So a task may be
 * sent before the worker is free and still be taken back, and home knows even after a sudden death what had begun.
 */

/** How many places are kept apart; a place is a task's number in the order in which this worker was sent them, from 0. */
export const ledgerSize = 256;

/** Home's side. Places are entered in order, none before the one `ledgerSize` earlier has been passed. */
export interface Ledger {
  /** A task is about to be sent at this place. */
  enter(place: number): void;
  /** Takes the task back: `true`: it will never begin. Only for tasks that were sent `ahead`. */
  withdraw(place: number): boolean;
  /** Whether its code has begun. After the end of the worker it is the last word. */
  begun(place: number): boolean;
}

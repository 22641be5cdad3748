/** A program as `programHost.ts` runs it. */

export interface Program {
  readonly title: string;
  /** The first exports `make`, which returns the function under test. */
  readonly files: Readonly<Record<string, string>>;
  readonly kind: "same" | "either" | "refused";
}

export interface ProgramResult {
  readonly title: string;
  readonly outcome: "same" | "refused" | "wrong";
  readonly detail: string;
}

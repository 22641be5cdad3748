/** Values that stand for a place in a file; `homeReference` knows them. */

/** `import.meta` of a file. */
export class FileMeta {
  readonly url: string;
  /** Whether it has `env`, too. */
  readonly isVite: boolean;
  constructor(url: string, isVite: boolean) {
    this.url = url;
    this.isVite = isVite;
  }
}

/** `import()` as a file does it. */
export class FileImport {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** `require` of a CommonJS file. */
export class FileRequire {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

/** Values that stand for a place in a file; `homeReference` knows them. */

/** `import.meta` of a file. */
export class FileMeta {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
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

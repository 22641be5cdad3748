/** A directory of its own for one run of the suite: temporary modules, packages and scripts, gone at its end. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Scratch {
  /** The path of a new empty directory. */
  directory(): string;
  /** Writes the files into a new directory and imports the first of them; the same object again is the same module again. */
  importFiles(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
  remove(): void;
}

/** Opens a scratch directory in the system's place for temporary files. */
export function openScratch(): Scratch {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-")));
  let count = 0;
  const imported = new WeakMap<object, Promise<Readonly<Record<string, unknown>>>>();
  const directory = (): string => {
    const path = join(root, String(++count));
    mkdirSync(path);
    return path;
  };
  return {
    directory,
    importFiles(files) {
      const known = imported.get(files);
      if (known !== undefined) return known;
      const home = directory();
      const paths = Object.entries(files).map(([name, text]) => writeFile(join(home, name), text));
      const module: Promise<Readonly<Record<string, unknown>>> = import(pathToFileURL(paths[0] ?? home).href);
      imported.set(files, module);
      return module;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function writeFile(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

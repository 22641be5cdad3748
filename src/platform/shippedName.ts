/** What stacks of workers on other hosts call our files, which are texts there. */

export function shippedName(file: string): string {
  return `file:///futureplan/dist/${file}`;
}

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expandHostlist } from "../../../src/platform/expandHostlist.ts";

/** Slurm's own answers, `null` where it refuses. */
const golden = (
  JSON.parse(readFileSync(new URL("../../golden/slurm-hosts.json", import.meta.url), "utf8")) as {
    hostlists: (readonly [list: string, hosts: readonly string[] | null])[];
  }
).hostlists;

describe("a list of hosts", () => {
  test.each(golden.filter(([, hosts]) => hosts !== null))("%j stands for the hosts that Slurm names", (list, hosts) => {
    expect(expandHostlist(list)).toEqual(hosts);
  });

  test.each(golden.filter(([, hosts]) => hosts === null))("%j is refused as Slurm refuses it", (list) => {
    expect(() => expandHostlist(list)).toThrow();
  });

  test.each([
    ["n[1-2]-ib0", ["n1-ib0", "n2-ib0"]],
    ["n[1-2].cluster.local,m", ["n1.cluster.local", "n2.cluster.local", "m"]],
    ["a[1-2]b[3]c", ["a1b3c", "a2b3c"]],
  ])("%s has something behind its brackets, as later versions of Slurm allow", (list, hosts) => {
    expect(expandHostlist(list)).toEqual(hosts);
  });

  test("may be empty", () => {
    expect(expandHostlist("")).toEqual([]);
    expect(expandHostlist(" , ")).toEqual([]);
  });

  test.each(["n[1-3", "n1-3]", "n]1[", "n[1-2]n[", "n[1-", "n[1-]", "n[+1]", "n[1.5]", "n[1-2-3]", "n[١]"])(
    "%s is refused, although Slurm lets some such lists pass",
    (list) => {
      expect(() => expandHostlist(list)).toThrow(/brackets/);
    },
  );

  test("that is malformed is refused with the part that is", () => {
    expect(() => expandHostlist("m1,n[1,5-3]")).toThrow('"5-3" in brackets');
    expect(() => expandHostlist("m1,n[1-3")).toThrow('brackets of "n[1-3"');
  });

  test.each(["n[1-65537]", "n[0-999999999999999]", "a[1-9999]b[1-9999]c[1-9999]", "a[1-40000],b[1-40000]"])(
    "%s names more hosts than any Slurm has, and is refused at once",
    (list) => {
      expect(() => expandHostlist(list)).toThrow("more than 65536 hosts");
    },
  );

  test("names as many hosts as Slurm can have", () => {
    expect(expandHostlist("a[1-256]b[1-256]")).toHaveLength(65_536);
  });
});

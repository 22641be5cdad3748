/**
 * No value of the user's stands in an error of ours: each kind of error is provoked by a future that has secrets everywhere, then looked at in every way in
 * which errors are printed. Names of variables and properties are no secrets, nor is the text of functions.
 */

import * as library from "futureplan";
import {
  cancel,
  cluster,
  future,
  FutureError,
  futureMap,
  futureReduce,
  multicore,
  multisession,
  outcome,
  plan,
  sequential,
  share,
  shutdown,
  value,
  workerLocal,
} from "futureplan";
import { rng } from "futureplan/random";
import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as own from "../../src/errors/errors.ts";
import { environmentPlan } from "../../src/plans/environmentPlan.ts";
import { parseHostMessage } from "../../src/transport/parseHostMessage.ts";
import { parseWorkerMessage } from "../../src/transport/parseWorkerMessage.ts";
import { protocolMismatch } from "../../src/transport/protocolMismatch.ts";
import { places, secretive } from "./support/secretive.ts";

/** Made here, so that it stands in no text of a function. Messages that cut values short would show how it begins. */
const beginning = ["hu", "sh"].join("");
const secret = `${beginning}-${randomUUID()}`;
const digits = secret.replaceAll(/\D/g, "").slice(0, 12);
const loose = (value: unknown): never => value as never;

/** The classes that have been met. */
const met = new Set<string>();

/** Everything that anybody prints of an error. */
function printed(error: unknown): string {
  const texts = [
    String(error),
    inspect(error, { depth: 9, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }),
    JSON.stringify(error),
  ];
  if (error instanceof Error)
    texts.push(error.message, error.stack ?? "", printed(error.cause ?? ""), JSON.stringify(Object.getOwnPropertyDescriptors(error)));
  return texts.join("\n");
}

type Class = abstract new (...args: never[]) => Error;

function check(error: unknown, expected: Class): void {
  expect(error).toBeInstanceOf(expected);
  met.add(expected.name);
  const text = printed(error);
  expect(text).not.toContain(beginning);
  expect(text).not.toContain(digits);
}

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function rejected(start: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    await start();
  } catch (error) {
    return error;
  }
  return undefined;
}

beforeEach(() => vi.stubEnv("FUTUREPLAN_SECRET", secret));

afterEach(async () => {
  await shutdown();
  vi.unstubAllEnvs();
  plan("sequential");
});

describe("what is no option", () => {
  test.each<readonly [string, () => unknown]>([
    ["a function", () => future(loose(secret))],
    ["the options of a future", () => future(() => 1, loose(secret))],
    ["the options of a call", () => future(() => 1, [], loose([secret]))],
    ["globals", () => future(() => 1, { globals: loose(secret) })],
    ["globals as a list", () => future(() => 1, { globals: loose([secret]) })],
    ["what is shared", () => share(loose(secret))],
    ["a list that is shared", () => share(loose([secret]))],
    ["a worker's own", () => workerLocal(loose(secret))],
  ])("%s: OptionInvalid tells its kind only", (_, body) => check(thrown(body), library.OptionInvalid));

  test.each<readonly [string, () => PromiseLike<unknown>]>([
    ["a map's function", () => futureMap([1], loose(secret))],
    ["a future", () => outcome(loose(secret))],
    ["a map's input", () => futureMap(loose({ secret }), (x) => x)],
    ["a reduction", () => futureReduce([1], loose([secret]))],
  ])("%s: OptionInvalid tells its kind only", async (_, start) => check(await rejected(start), library.OptionInvalid));

  test.each<readonly [string, () => unknown]>([
    ["a plan's options", () => plan("multisession", loose(secret))],
    ["env as a text", () => multisession({ env: loose(secret) })],
    ["env as a list", () => multicore({ env: loose([`A=${secret}`]) })],
    ["env of objects", () => multicore({ env: loose({ A: { secret } }) })],
    ["env with a NUL", () => multisession({ env: { A: `${secret}\0` } })],
    ["env with an impossible name", () => multisession({ env: { "A=B": secret } })],
    ["env where there are no workers", () => sequential(loose({ env: { A: secret } }))],
    ["env with a name that shells refuse", () => cluster({ workers: ["n1"], env: { "A B": secret } })],
    ["env of a host", () => cluster({ workers: [{ host: "n1", env: loose([secret]) }] })],
    ["env of a host with a command in it", () => cluster({ workers: [{ host: "n1", env: { "A;id": secret } }] })],
    ["a passphrase", () => cluster({ workers: ["n1"], passphrase: loose(secret) })],
    ["a list of passphrases", () => cluster({ workers: ["n1"], passphrase: loose([secret]) })],
  ])("%s: PlanInvalid tells its kind only", (_, body) => check(thrown(body), library.PlanInvalid));

  const spec = { backend: "multisession", options: { worker: 2, env: { A: secret, B: `"}${secret}` } } };
  test.each([
    ["with an unknown option", JSON.stringify(spec)],
    ["with a list for env", JSON.stringify({ ...spec, options: { env: [secret] } })],
    ["that ends too early", JSON.stringify(spec).slice(0, -30)],
    ["of too many braces", `${JSON.stringify(spec)}}`],
    ["that is no JSON", `{ env: { A: '${secret}' } }`],
    ["with single quotes", `[ 'multisession', { 'env': '${secret}' } ]`],
  ])("FUTURE_PLAN %s: PlanInvalid shows no variable", (_, text) =>
    check(
      thrown(() => environmentPlan({ FUTURE_PLAN: text })),
      own.PlanInvalid,
    ),
  );
});

describe("captures", () => {
  const poisoned = (place: string): unknown => secretive(secret, new WeakRef({}))[place];

  test.each(places)("that cannot travel (%s): NotPortable names a path without values", async (place) => {
    const data = poisoned(place);
    check(await rejected(() => future(() => data)), library.NotPortable);
    check(await rejected(() => future((given) => given, [data])), library.NotPortable);
    check(await rejected(() => futureMap([data], (x) => x)), library.NotPortable);
  });

  test.each(places)("that are too large (%s): GlobalsTooLarge names variables without values", async (place) => {
    const data = secretive(secret)[place];
    check(await rejected(() => future(() => data, { maxGlobalsSize: 1 })), library.GlobalsTooLarge);
  });

  test("that are not there yet: GlobalsNotFound", async () => {
    const data = secretive(secret);
    const body = (): unknown => [data, late];
    check(await rejected(() => future(body)), library.GlobalsNotFound);
    const late = secret;
  });

  test("that only threads can take: NotPortable", async () => {
    plan("multisession", { workers: 1, env: { A: secret } });
    const data = { secret, memory: new SharedArrayBuffer(8) };
    check(await rejected(() => future(() => data)), library.NotPortable);
  });

  test.each(places)("that come back and cannot (%s): NotPortable", async (place) => {
    plan("multisession", { workers: 1 });
    check(
      await rejected(() => future((make, given, name) => make(given, new WeakRef({}))[name], [secretive, secret, place])),
      library.NotPortable,
    );
  });
});

const workers = { workers: 1, concurrency: 2, env: { FUTUREPLAN_SECRET_OF_PLAN: secret } } as const;

describe.each([
  ["threads", multicore(workers)],
  ["processes", multisession(workers)],
  ["the cluster's", cluster({ ...workers, workers: ["localhost"], passphrase: () => secret })],
])("workers that are %s", (_, spec) => {
  const data = secretive(secret);

  test("and die: WorkerLost, in the error and in the outcome", async () => {
    plan(spec);
    const f = future(() => (data["text"] === 1 ? 0 : process.exit(3)));
    check(await rejected(() => f), library.WorkerLost);
    const facts = await outcome(f);
    expect([facts.status, printed({ ...facts })].join()).not.toContain(beginning);
  });

  test("and are too slow, canceled or interrupted", async () => {
    plan(spec);
    const endless = (): Promise<unknown> => new Promise(() => void data);
    check(await rejected(() => future(endless, { timeout: 50 })), library.FutureTimeout);
    const waiting = future(endless, { lazy: true });
    cancel(waiting);
    check(await rejected(() => waiting), library.FutureCanceled);
    const running = future((given) => new Promise(() => void given), [secretive(secret)]);
    await value(future(() => 1)); // begins after it, in the same worker
    cancel(running);
    check(await rejected(() => running), library.FutureInterrupted);
  });

  test("and misuse random numbers: RngMisuse", async () => {
    plan(spec);
    check(await rejected(() => future(() => [data, rng()])), library.RngMisuse);
  });
});

describe("workers that cannot start", () => {
  const far = { host: "127.0.0.1", port: 1, env: { A: secret } };
  test.each([
    ["for too large an environment", multisession({ workers: 1, env: { A: secret.repeat(10_000) } })],
    ["for a directory that is not there", multisession({ ...workers, cwd: "/no/such/place" })],
    ["for a Node that is not there", cluster({ workers: [{ host: "localhost", node: "/no/such/node", env: { A: secret } }] })],
    ["for a host that does not answer", cluster({ workers: [far], passphrase: () => secret, env: { B: secret } })],
    ["for a host that does not answer to ssh", cluster({ workers: [{ ...far, launch: "ssh" }], env: { B: secret } })],
  ])("%s: LaunchError", async (_, spec) => {
    const data = secretive(secret);
    plan(spec);
    check(await rejected(() => future(() => data)), library.LaunchError);
  });
});

test.each<readonly [string, () => unknown]>([
  ["a short message of a worker", () => parseWorkerMessage(`["outcome",1,"value","${secret}"`)],
  ["a short message of home", () => parseHostMessage(`["call",1,"x",0,false,"c",${secret}]`)],
  ["a text", () => parseWorkerMessage(secret)],
  ["a message of another kind", () => parseWorkerMessage({ type: { secret } })],
  ["no message", () => parseHostMessage([secret])],
])("%s that is damaged: ProtocolMismatch", (_, body) => check(protocolMismatch(thrown(body)), own.ProtocolMismatch));

afterAll(() => {
  const classes = Object.values(library).filter((one) => typeof one === "function" && one.prototype instanceof FutureError);
  expect(classes.map(({ name }) => name).filter((name) => !met.has(name))).toEqual([]);
});

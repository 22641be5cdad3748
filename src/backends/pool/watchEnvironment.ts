/**
 * Notes writes of home's `process.env` while workers are there that share it (`session.environment`): a proxy stands in its place from the first
 * such pool to the end of the last. To compare it for each future would take longer than the future. In a worker its own watch notes them.
 */

import { currentSession } from "../../session/currentSession.ts";
import type { EnvironmentLog } from "../../session/EnvironmentLog.ts";
import { watchWrites } from "../../worker/watchWrites.ts";

/** Gives what ends it. */
export function watchEnvironment(): () => void {
  const { environment: log, worker } = currentSession();
  if (worker !== undefined) return () => undefined;
  log.users += 1;
  if (log.users === 1) log.unwatch = install(log);
  return () => {
    log.users -= 1;
    if (log.users === 0) log.unwatch();
  };
}

function install(log: EnvironmentLog): () => void {
  const real = process.env;
  log.compare(real);
  // vitest deletes variables by a reference from before, past any proxy: there they are compared for each future.
  if ("__vitest_worker__" in globalThis) return () => undefined;
  log.before = undefined;
  // The same proxy for the same object again: somebody may have kept it.
  if (log.watched?.real !== real) log.watched = { real, proxy: watchWrites(real, (name) => log.note(name)) };
  const { proxy } = log.watched;
  process.env = proxy;
  const unwatchFiles = watchFiles(log);
  return () => {
    if (process.env === proxy) process.env = real;
    log.before = { ...real }; // what is written until the next time shows then
    unwatchFiles();
  };
}

/** `process.loadEnvFile` writes past all proxies. */
function watchFiles(log: EnvironmentLog): () => void {
  const { loadEnvFile: original } = process;
  const loadEnvFile: typeof original = (...given) => {
    log.before ??= { ...process.env };
    Reflect.apply(original, process, given);
    lookAtEnvironment();
  };
  process.loadEnvFile = loadEnvFile;
  return () => {
    if (process.loadEnvFile === loadEnvFile) process.loadEnvFile = original;
  };
}

/** Notes what was written to an object that stands in place of the proxy. Called before workers are told. */
export function lookAtEnvironment(): void {
  const { environment: log, worker } = currentSession();
  if (worker === undefined && log.users === 0) return;
  const { env } = process;
  const isWatched = env === log.watched?.proxy;
  if (isWatched && log.before === undefined) return;
  log.before ??= { ...log.watched?.real };
  log.compare(env);
  if (isWatched) log.before = undefined;
}

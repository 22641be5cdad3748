/**
 * Notes writes of home's `process.env` while workers are there that share it (`session.environment`): a proxy stands in its place from the first
 * such pool to the end of the last. Comparing it for each future would take as long as two futures. In a worker its own watch notes them.
 */

import { currentSession } from "../../session/currentSession.ts";
import type { Environment, EnvironmentLog } from "../../session/EnvironmentLog.ts";
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
  // The same proxy for the same object again: somebody may have kept it.
  if (log.watched?.real !== real) log.watched = { real, proxy: watchWrites(real, (name) => log.note(name)) };
  const { proxy } = log.watched;
  log.replaced = undefined;
  process.env = proxy;
  const unwatchFiles = watchFiles();
  return () => {
    if (process.env === proxy) process.env = real;
    unwatchFiles();
  };
}

/** `process.loadEnvFile` writes past all proxies. */
function watchFiles(): () => void {
  const { loadEnvFile: original } = process;
  const loadEnvFile: typeof original = (...given) => {
    const before = { ...process.env };
    Reflect.apply(original, process, given);
    noteDifferences(before, process.env);
  };
  process.loadEnvFile = loadEnvFile;
  return () => {
    if (process.loadEnvFile === loadEnvFile) process.loadEnvFile = original;
  };
}

/** Notes what stands in place of the proxy since `process.env` was assigned. Called before workers are told. */
export function lookAtEnvironment(): void {
  const { environment: log } = currentSession();
  const { env } = process;
  if (log.watched === undefined || (env === log.watched.proxy && log.replaced === undefined)) return;
  noteDifferences(log.replaced ?? log.watched.real, env);
  log.replaced = env === log.watched.proxy ? undefined : { ...env };
}

function noteDifferences(before: Environment, now: Environment): void {
  const { environment: log } = currentSession();
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) if (before[name] !== now[name]) log.note(name);
}

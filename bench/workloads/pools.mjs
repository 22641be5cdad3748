/** What every workload does with a pool. */

/** A pool whose workers run. */
export async function warmPool(open) {
  const pool = await open({});
  await all(pool, submit(pool, 16, "noop", []));
  return pool;
}

/** The same task `count` times, at once. */
export function submit(pool, count, task, args) {
  const running = new Array(count);
  for (let i = 0; i < count; i++) running[i] = pool.run(task, args);
  return running;
}

/** All results: `value([...])` with futureplan, `Promise.all()` elsewhere. */
export const all = (pool, running) => (pool.all ?? Promise.all.bind(Promise))(running);

/**
 * A pool has slept since its last repetition: woken before the clock starts, and for long enough that the system has settled which threads share a core
 * (on two cores a round trip takes 15 µs or 60 µs, depending on that alone).
 */
export async function wake(pool) {
  const end = performance.now() + 100;
  while (performance.now() < end) await pool.run("noop", []);
}

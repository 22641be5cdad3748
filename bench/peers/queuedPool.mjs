/**
 * The smallest honest pool, for the raw peers: one queue, first in first out, and at most `perWorker` tasks in flight per end.
 * An end: `send(message, transfer)`, `listen(onMessage)`, `close()`.
 */

export function queuedPool(ends, perWorker) {
  const pending = new Map();
  const idle = [];
  let queue = [];
  let head = 0;
  let nextId = 0;

  function drain() {
    while (head < queue.length && idle.length > 0) {
      const { message, transfer, id } = queue[head];
      queue[head] = undefined;
      head += 1;
      const end = idle.pop(); // the one that worked last: its caches and its core are warm
      try {
        end.send(message, transfer);
      } catch (error) {
        idle.push(end);
        pending.get(id).reject(error);
        pending.delete(id);
      }
    }
    if (head > 1024 && head * 2 > queue.length) {
      queue = queue.slice(head);
      head = 0;
    }
  }

  for (let slot = 0; slot < perWorker; slot += 1) idle.push(...ends);
  for (const end of ends) {
    end.listen(([id, result]) => {
      pending.get(id).resolve(result);
      pending.delete(id);
      idle.push(end);
      drain();
    });
  }
  return {
    run: (task, args, transfer) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        pending.set(id, { resolve, reject });
        queue.push({ id, message: [id, task, args], transfer });
        drain();
      }),
    close: () => Promise.all(ends.map((end) => end.close())),
  };
}

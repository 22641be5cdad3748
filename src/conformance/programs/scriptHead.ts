/** How scripts of cases begin that need a process of their own: names for what they do again and again. */

/** `single` is the plan with one worker. At home `globalThis.home` is true, and under `sequential` in futures, too. */
export const scriptHead: string = `
  globalThis.home = true;
  const show = (x) => console.log(JSON.stringify(x));
  const [first] = fp.plan();
  const single = fp.nbrOfWorkers() === 1 ? first : fp.tweak(first, { workers: 1 });
  const all = (fn) => Promise.all(Array.from({ length: 2 * fp.nbrOfWorkers() }, () => fp.future(fn)));
  const told = (f) => Promise.resolve(f).then((v) => v, (e) => e.name + ": " + e.message);
`;

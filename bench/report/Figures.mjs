/** Samples, and their medians on demand. */

import { median } from "../median.mjs";

export class Figures {
  #samples;

  constructor(samples) {
    this.#samples = samples;
  }

  /** How many cores other programs used during a workload's repetitions. */
  noiseOf(workload) {
    const known = this.#samples.filter((sample) => sample.workload === workload && sample.noise !== undefined);
    return known.length === 0 ? 0 : median(known.map(({ noise }) => noise));
  }

  /** The metrics of a workload, in order of appearance, each with its unit. */
  metricsOf(workload) {
    const named = this.#samples.filter((sample) => sample.workload === workload && sample.value !== undefined);
    return new Map(named.map(({ metric, unit }) => [metric, unit]));
  }

  /** { median, min, max, reps, unit, peer }, or { error }, or undefined when this was not measured. */
  find(workload, peer, metric) {
    const own = this.#samples.filter((sample) => sample.workload === workload && sample.peer === peer);
    const values = own.filter((sample) => sample.metric === metric && sample.value !== undefined).map(({ value }) => value);
    if (values.length > 0) {
      const { unit } = own.find((sample) => sample.metric === metric);
      return { median: median(values), min: Math.min(...values), max: Math.max(...values), reps: values.length, unit, peer };
    }
    const failure = own.find(({ error, metric: failed }) => error !== undefined && (failed === undefined || metric.startsWith(failed)));
    return failure && { error: failure.error };
  }
}

/** Numeric code as people write it; listed with the positions of the typed arrays, which are only read. */

function mean(xs) {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += xs[i];
  return sum / xs.length;
}

const variance = (xs) => {
  const center = mean(xs);
  return xs.reduce((sum, x) => sum + (x - center) ** 2, 0) / (xs.length - 1);
};

function dot(xs, ys) {
  return xs.reduce((sum, x, i) => sum + x * ys[i], 0);
}

function slope(xs, ys) {
  const n = xs.length;
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const x = xs[i];
    const y = ys[i];
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const b = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return { intercept: (sy - b * sx) / n, slope: b };
}

function bootstrap(xs, times, random) {
  const means = new Float64Array(times);
  for (let b = 0; b < times; b++) {
    const sample = new Float64Array(xs.length);
    for (let i = 0; i < xs.length; i++) sample[i] = xs[Math.floor(random() * xs.length)];
    means[b] = mean(sample);
  }
  return means;
}

function resample(xs, random) {
  const n = xs.length;
  const drawn = [];
  for (let i = 0; i < n; i++) {
    const at = (random() * n) | 0;
    drawn.push(xs[at]);
  }
  return drawn;
}

function row(matrix, cols, r) {
  return Array.from({ length: cols }, (_, c) => matrix[r * cols + c]);
}

function multiply(a, b, n) {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      product[i * n + j] = sum;
    }
  return product;
}

function matrixVector(matrix, vector) {
  const cols = vector.length;
  const at = (r, c) => matrix[r * cols + c];
  const result = new Float64Array(matrix.length / cols);
  for (let r = 0; r < result.length; r++) for (let c = 0; c < cols; c++) result[r] = result[r] + at(r, c) * vector[c];
  return result;
}

function rowMeans(matrix, cols) {
  const means = [];
  for (let start = 0; start < matrix.length; start += cols) means.push(mean(matrix.subarray(start, start + cols)));
  return means;
}

function histogram(xs, bins, low, high) {
  const counts = new Uint32Array(bins);
  for (const x of xs) {
    const bin = Math.floor(((x - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) counts[bin] = counts[bin] + 1;
  }
  return counts;
}

function tabulate(groups, weights, levels) {
  const totals = new Float64Array(levels);
  for (let i = 0; i < groups.length; i++) totals[groups[i]] += weights[i];
  return totals;
}

function runningSum(xs) {
  let sum = 0;
  return xs.map((x) => (sum += x));
}

function movingAverage(xs, width) {
  const means = new Float64Array(xs.length - width + 1);
  let sum = 0;
  xs.forEach((x, i) => {
    sum += x - (i >= width ? xs[i - width] : 0);
    if (i >= width - 1) means[i - width + 1] = sum / width;
  });
  return means;
}

function quantile(xs, p) {
  const sorted = Float64Array.from(xs).sort();
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  return sorted[low] + (h - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}

function quantileOfSorted(sorted, p) {
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  const below = sorted[low];
  return low + 1 < sorted.length ? below + (h - low) * (sorted[low + 1] - below) : below;
}

function lowerBound(sorted, x) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function autocorrelation(xs, lag) {
  const center = mean(xs);
  let above = 0;
  for (let i = lag; i < xs.length; i++) above += (xs[i] - center) * (xs[i - lag] - center);
  return above / (variance(xs) * (xs.length - 1));
}

function nearest(points, dims, query) {
  let best = -1;
  let least = Infinity;
  for (let p = 0; p * dims < points.length; p++) {
    let distance = 0;
    for (let d = 0; d < dims && distance < least; d++) distance += (points[p * dims + d] - query[d]) ** 2;
    if (distance < least) [best, least] = [p, distance];
  }
  return best;
}

function density(xs, at, width) {
  const kernel = (u) => Math.exp(-0.5 * u * u) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (const x of xs) sum += kernel((at - x) / width);
  return sum / (xs.length * width);
}

function range(xs) {
  return [Math.min(...xs), Math.max(...xs)];
}

function largest(xs) {
  let best = 0;
  for (let i = 1; i < xs.length; i++) if (xs[i] > xs[best]) best = i;
  return xs[best];
}

function roots(xs) {
  const out = [];
  for (let i = 0; i < xs.length; i++) out.push(Math.sqrt(xs[i]));
  return out;
}

function standardised(xs) {
  const [center, spread] = [mean(xs), Math.sqrt(variance(xs))];
  return xs.map((x) => (x - center) / spread);
}

function gather(xs, order) {
  const out = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = xs[order[i]];
  return out;
}

function sumOfTree(xs, from = 0, to = xs.length) {
  if (to - from <= 1) return to > from ? xs[from] : 0;
  const middle = (from + to) >> 1;
  return sumOfTree(xs, from, middle) + sumOfTree(xs, middle, to);
}

function crossValidate(xs, ys, folds) {
  let error = 0;
  for (let fold = 0; fold < folds; fold++) {
    const isTest = (_, i) => i % folds === fold;
    const isTraining = (_, i) => !(i % folds === fold);
    const { intercept, slope: b } = slope(xs.filter(isTraining), ys.filter(isTraining));
    const test = xs.filter(isTest);
    ys.filter(isTest).forEach((y, i) => {
      error += (y - intercept - b * test[i]) ** 2;
    });
  }
  return error / xs.length;
}

async function permutationTest(xs, ys, times, random) {
  const both = new Float64Array(xs.length + ys.length);
  both.set(xs);
  both.set(ys, xs.length);
  const observed = mean(xs) - mean(ys);
  let extreme = 0;
  for (let t = 0; t < times; t++) {
    for (let i = both.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [both[i], both[j]] = [both[j], both[i]];
    }
    if (Math.abs(mean(both.subarray(0, xs.length)) - mean(both.subarray(xs.length))) >= Math.abs(observed)) extreme += 1;
    if (t % 100 === 0) await Promise.resolve();
  }
  return extreme / times;
}

export const numericCode = [
  [mean, [0]],
  [variance, [0]],
  [dot, [0, 1]],
  [slope, [0, 1]],
  [bootstrap, [0]],
  [resample, [0]],
  [row, [0]],
  [multiply, [0, 1]],
  [matrixVector, [0, 1]],
  [rowMeans, [0]],
  [histogram, [0]],
  [tabulate, [0, 1]],
  [runningSum, [0]],
  [movingAverage, [0]],
  [quantile, [0]],
  [quantileOfSorted, [0]],
  [lowerBound, [0]],
  [autocorrelation, [0]],
  [nearest, [0]],
  [density, [0]],
  [range, [0]],
  [largest, [0]],
  [roots, [0]],
  [standardised, [0]],
  [gather, [0, 1]],
  [sumOfTree, [0]],
  [crossValidate, [0, 1]],
  [permutationTest, [0, 1]],
];

/** Quantiles of the web as EcoIndex published them: DOM elements, requests, kilobytes. */
const quantiles = {
  dom: [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601],
  requests: [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920],
  kilobytes: [
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
    2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
  ],
} as const;

export interface Weight {
  /** Elements of the document after load and scroll, without the descendants of `svg`. */
  readonly domElements: number;
  readonly requests: number;
  /** Transferred bytes / 1000. */
  readonly kilobytes: number;
}

function quantile(table: readonly number[], value: number): number {
  for (let at = 1; at < table.length; at++) {
    const [low = 0, high = 0] = [table[at - 1], table[at]];
    if (value < high) return at - 1 + (value - low) / (high - low);
  }
  return 20;
}

export function ecoIndex(weight: Weight): number {
  const dom = quantile(quantiles.dom, weight.domElements);
  const requests = quantile(quantiles.requests, weight.requests);
  const kilobytes = quantile(quantiles.kilobytes, weight.kilobytes);
  return 100 - (5 * (3 * dom + 2 * requests + kilobytes)) / 6;
}

const grades = [
  ['A', 80],
  ['B', 70],
  ['C', 55],
  ['D', 40],
  ['E', 25],
  ['F', 10],
] as const;

export function ecoGrade(score: number): string {
  return grades.find(([, above]) => score > above)?.[0] ?? 'G';
}

/**
 * Counters, histograms and gauges in the Prometheus text format. Labels name routes, methods and outcomes, never a
 * person, an address or an identifier. Other rooms register gauges that are read when asked.
 */
export class Metrics {
  readonly #families = new Map<string, Family>();

  counter(name: string, help: string): Counter {
    const series = new Map<string, number>();
    this.#families.set(name, {
      help,
      type: 'counter',
      lines: () => [...series].map(([labels, value]) => `${name}${labels} ${value}`),
    });
    return {
      add: (labels, by = 1) => {
        const key = labelText(labels);
        series.set(key, (series.get(key) ?? 0) + by);
      },
    };
  }

  histogram(name: string, help: string, buckets: readonly number[]): Histogram {
    const series = new Map<
      string,
      { readonly labels: Labels; readonly counts: number[]; sum: number; count: number }
    >();
    this.#families.set(name, {
      help,
      type: 'histogram',
      lines: () =>
        [...series.values()].flatMap(({ labels, counts, sum, count }) => [
          ...buckets.map(
            (bound, at) => `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${counts[at] ?? 0}`,
          ),
          `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
          `${name}_sum${labelText(labels)} ${sum}`,
          `${name}_count${labelText(labels)} ${count}`,
        ]),
    });
    return {
      observe: (labels, value) => {
        const key = labelText(labels);
        const one = series.get(key) ?? { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
        series.set(key, one);
        buckets.forEach((bound, at) => {
          if (value <= bound) one.counts[at] = (one.counts[at] ?? 0) + 1;
        });
        one.sum += value;
        one.count += 1;
      },
    };
  }

  /** A value read when the metrics are asked for. A reading that fails leaves its gauge out. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    this.#families.set(name, { help, type: 'gauge', lines: async () => [`${name} ${await read()}`] });
  }

  async text(): Promise<string> {
    const families = await Promise.all(
      [...this.#families].map(async ([name, { help, type, lines }]) => {
        try {
          return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...(await lines())];
        } catch {
          return [];
        }
      }),
    );
    return `${families.flat().join('\n')}\n`;
  }
}

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  add(labels: Labels, by?: number): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
}

interface Family {
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly lines: () => readonly string[] | Promise<readonly string[]>;
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** The samples of a text in Prometheus's format. */
export type Samples = {
  text: string;
  /** The sum of the samples with this name and at least these labels; undefined for none. */
  sum(name: string, labels?: Record<string, string>): number | undefined;
};

export async function scrape(url: string, headers: Record<string, string> = {}): Promise<Samples> {
  const response = await fetch(url, { headers });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return samplesOf(await response.text());
}

export function samplesOf(text: string): Samples {
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = '', value]) => ({
    name,
    labels: new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', given = '']) => [label, given])),
    value: Number(value),
  }));
  return {
    text,
    sum: (name, labels = {}) => {
      const found = samples.filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([label, given]) => sample.labels.get(label) === given),
      );
      return found.length === 0 ? undefined : found.reduce((total, { value }) => total + value, 0);
    },
  };
}

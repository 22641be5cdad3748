/** Draws the samples of a soak as an SVG: memory above, counts below, over minutes. */

import { init, use } from "echarts/core";
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import type { Sample } from "./types.ts";

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const width = 900;
const height = 640;

interface Curve {
  readonly name: string;
  readonly panel: 0 | 1;
  of(sample: Sample): number;
}

const curves: readonly Curve[] = [
  { name: "heap, MB", panel: 0, of: ({ heap }) => heap / 1e6 },
  { name: "buffers, MB", panel: 0, of: ({ external }) => external / 1e6 },
  { name: "resident, MB", panel: 0, of: ({ rss }) => rss / 1e6 },
  { name: "descriptors", panel: 1, of: ({ descriptors }) => descriptors },
  { name: "threads", panel: 1, of: ({ threads }) => threads },
  { name: "listeners", panel: 1, of: ({ listeners }) => listeners },
];

export function plot(samples: readonly Sample[], title: string): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: "#fff",
    title: { text: title, left: "center", textStyle: { fontSize: 15 } },
    legend: { top: 28 },
    grid: [
      { top: 70, height: 230, left: 60, right: 30 },
      { top: 360, height: 220, left: 60, right: 30 },
    ],
    xAxis: [0, 1].map((gridIndex) => ({ type: "value", gridIndex, name: "minutes", nameLocation: "middle", nameGap: 26 })),
    yAxis: [0, 1].map((gridIndex) => ({ type: "value", gridIndex })),
    series: curves.map(({ name, panel, of }) => ({
      type: "line",
      name,
      xAxisIndex: panel,
      yAxisIndex: panel,
      showSymbol: false,
      data: samples.map((sample) => [sample.at / 60_000, of(sample)]),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

// data_visualization blocks as inline SVG: title, axes, legend, and the same figures as a table for screen readers.
// Series differ in colour, in dash and in the shape of their points, so that none is told by colour alone.
import { el, freshId, svg } from "./dom.js";

const WIDTH = 600;
const HEIGHT = 270;
const LETTER = 6.4;

/** A chart block as a figure; what cannot be drawn is said. */
export function chart(block) {
  const drawn = block.chart?.type === "pie" ? pie(block.chart) : DRAW[block.chart?.type] && axes(block.chart);
  if (!drawn) return el("p", { class: "unsupported" }, `unsupported chart: ${block.chart?.type ?? "none"}`);
  const id = freshId("chart");
  drawn.picture.setAttribute("aria-labelledby", id);
  return el("figure", { class: "chart" },
    el("figcaption", { id, class: "chart-title" }, block.title),
    drawn.picture,
    drawn.legend,
    dataTable(block));
}

const frame = (...children) => svg(
  "svg",
  { class: "chart-picture", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
  ...children
);

/** The numbers behind the picture. */
function dataTable({ title, chart: data }) {
  const pieces = data.type === "pie";
  const heads = pieces ? ["Segment", "Value"] : [
    data.axis_config?.x_label || "Category",
    ...data.series.map(({ name }) => name)
  ];
  const rows = pieces
    ? data.segments.map(({ label, value }) => [label, value])
    : categories(data).map((category) => [category, ...data.series.map((series) => valueOf(series, category))]);
  return el("table", { class: "hidden-visually" },
    el("caption", {}, `${title}, as a table`),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map(([head, ...cells]) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, head),
        cells.map((cell) => el("td", {}, cell === undefined ? "no value" : number(cell))),
      ))));
}

const number = (value) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(value);
const short = (value) => new Intl.NumberFormat(
  "en-GB",
  { notation: Math.abs(value) >= 10_000 ? "compact" : "standard", maximumFractionDigits: 2 },
).format(value);
const categories = (data) => data.axis_config?.categories ?? data.series[0]?.data.map(({ label }) => label) ?? [];
const valueOf = (series, category) => series.data.find(({ label }) => label === category)?.value;

/**
 * Round steps that cover the values, zero included for bars and areas; `roomBelow` leaves space for the figures of
 * negative bars.
 */
function scale(values, fromZero, roomBelow) {
  let low = Math.min(...values, ...(fromZero ? [0] : []));
  let high = Math.max(...values, ...(fromZero ? [0] : []));
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(high, 0)];
  if (!fromZero && low > 0 && low < (high - low)) low = 0;
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const lowest = Math.floor(low / step) * step;
  const first = roomBelow && lowest < 0 && low - lowest < step / 3 ? lowest - step : lowest;
  const last = Math.ceil(high / step) * step;
  const ticks = [];
  for (let tick = first; tick <= last + step / 1e6; tick = Number((tick + step).toPrecision(12))) ticks.push(tick);
  return { ticks, low: first, high: last };
}

const DRAW = { line, area, bar };

function axes(data) {
  const names = categories(data);
  const values = data.series.flatMap((series) => series.data.map(({ value }) => value)).filter(Number.isFinite);
  if (!names.length || !values.length) return null;
  const { ticks, low, high } = scale(values, data.type !== "line", data.type === "bar");
  const longest = Math.max(...ticks.map((tick) => short(tick).length));
  const { x_label: xLabel, y_label: yLabel } = data.axis_config ?? {};
  const left = 16 + longest * LETTER + (yLabel ? 18 : 0);
  const slot = (WIDTH - left - 14) / names.length;
  const slanted = Math.max(...names.map((name) => name.length)) * LETTER > slot - 4;
  const bottom = HEIGHT - (slanted ? 62 : 26) - (xLabel ? 18 : 0);
  const plot = {
    names, series: data.series, left, slot, bottom, top: 14,
    x: (index) => left + slot * (index + 0.5),
    y: (value) => bottom - ((value - low) / (high - low)) * (bottom - 14),
    zero: Math.min(Math.max(0, low), high),
  };
  return {
    picture: frame(grid(plot, ticks), labels(plot, slanted), titles(plot, xLabel, yLabel), DRAW[data.type](plot)),
    legend: data.series.length > 1 || data.series[0].name ? legend(
      data.series.map(({ name }) => name),
      data.type,
    ) : null,
  };
}

const grid = ({ left, y }, ticks) =>
  ticks.map((tick) => [
    svg(
      "line",
      { class: tick === 0 ? "chart-base" : "chart-grid", x1: left, x2: WIDTH - 14, y1: y(tick), y2: y(tick) },
    ),
    svg("text", { class: "chart-text", x: left - 7, y: y(tick) + 4, "text-anchor": "end" }, short(tick)),
  ]);

const labels = ({ names, x, bottom }, slanted) =>
  names.map((name, index) => {
    const at = { class: "chart-text", x: x(index), y: bottom + 18, "text-anchor": slanted ? "end" : "middle" };
    const text = slanted && name.length > 12 ? `${name.slice(0, 11)}…` : name;
    return svg(
      "text",
      slanted ? { ...at, y: bottom + 13, transform: `rotate(-35 ${x(index)} ${bottom + 13})` } : at,
      text,
      svg("title", {}, name),
    );
  });

const titles = ({ left, top, bottom }, xLabel, yLabel) => [
  xLabel && svg(
    "text",
    { class: "chart-text chart-axis", x: (left + WIDTH - 14) / 2, y: HEIGHT - 5, "text-anchor": "middle" },
    xLabel,
  ),
  yLabel && svg(
    "text",
    {
      class: "chart-text chart-axis",
      x: 11,
      y: (top + bottom) / 2,
      "text-anchor": "middle",
      transform: `rotate(-90 11 ${(top + bottom) / 2})`,
    },
    yLabel,
  ),
];

const points = (plot, series) =>
  plot.names.map((name, index) => ({
    name,
    value: valueOf(series, name),
    x: plot.x(index),
  })).filter(({ value }) => Number.isFinite(value));

const path = (plot, spots) =>
  spots.map(({ x, value }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${plot.y(value).toFixed(1)}`).join("");

function line(plot) {
  return plot.series.map((series, index) => {
    const spots = points(plot, series);
    return svg("g", { class: `series series-${index % 12}` },
      svg("path", { class: "chart-line", d: path(plot, spots) }),
      spots.map((spot) => marker(
        index,
        spot.x,
        plot.y(spot.value),
        `${series.name}, ${spot.name}: ${number(spot.value)}`,
      )));
  });
}

function area(plot) {
  return plot.series.map((series, index) => {
    const spots = points(plot, series);
    if (!spots.length) return null;
    const base = plot.y(plot.zero).toFixed(1);
    const d = `${path(plot, spots)}L${spots.at(-1).x.toFixed(1)} ${base}L${spots[0].x.toFixed(1)} ${base}Z`;
    return svg("g", { class: `series series-${index % 12}` },
      svg("path", { class: "chart-area", d }),
      svg("path", { class: "chart-line", d: path(plot, spots) }),
      spots.map((spot) => marker(
        index,
        spot.x,
        plot.y(spot.value),
        `${series.name}, ${spot.name}: ${number(spot.value)}`,
      )));
  });
}

function bar(plot) {
  const width = Math.min((plot.slot * 0.72) / plot.series.length, 54);
  return plot.series.map((series, index) =>
    svg("g", { class: `series series-${index % 12}` }, points(plot, series).map(({ x, name, value }) => {
      const from = x + (index - plot.series.length / 2) * width + 1;
      const [above, below] = [Math.min(plot.y(value), plot.y(plot.zero)), Math.max(plot.y(value), plot.y(plot.zero))];
      const box = { x: from, y: above, width: Math.max(width - 2, 1), height: Math.max(below - above, 1) };
      return [
        svg(
          "rect",
          { class: "chart-bar", rx: 3, ...box },
          svg("title", {}, `${series.name}, ${name}: ${number(value)}`),
        ),
        width > 24 && svg(
          "text",
          {
            class: "chart-text chart-value",
            x: from + width / 2 - 1,
            y: value < 0 ? below + 12 : above - 4,
            "text-anchor": "middle",
          },
          short(value),
        ),
      ];
    })));
}

const SHAPES = [
  (x, y) => svg("circle", { cx: x, cy: y, r: 4 }),
  (x, y) => svg("rect", { x: x - 3.7, y: y - 3.7, width: 7.4, height: 7.4 }),
  (x, y) => svg("path", { d: `M${x} ${y - 4.8}l4.6 8.4h-9.2z` }),
  (x, y) => svg("path", { d: `M${x} ${y - 5.2}l5.2 5.2-5.2 5.2-5.2-5.2z` }),
];

function marker(index, x, y, title) {
  const shape = SHAPES[index % SHAPES.length](x, y);
  shape.setAttribute("class", "chart-point");
  if (title) shape.append(svg("title", {}, title));
  return shape;
}

const legend = (names, kind) =>
  el("ul", { class: `chart-legend ${kind}` }, names.map((name, index) =>
    el("li", {},
      svg("svg", {
        class: `series series-${index % 12}`,
        viewBox: "0 0 28 12",
        width: 28,
        height: 12,
        "aria-hidden": "true",
      },
        kind === "bar" || kind === "pie"
          ? svg("rect", { class: "chart-bar", x: 8, y: 0, width: 12, height: 12, rx: 3 })
          : [svg("path", { class: "chart-line", d: "M1 6h26" }), marker(index, 14, 6)]),
      name)));

function pie({ segments = [] }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  if (!(total > 0)) return null;
  let turned = -0.25;
  const slices = segments.map(({ label, value }, index) => {
    const share = value / total;
    const slice = arc(index, turned, share, label, `${label}: ${number(value)} (${percent(share)})`);
    turned += share;
    return slice;
  });
  return {
    picture: frame(slices),
    legend: legend(segments.map(({ label, value }) => `${label} ${number(value)} (${percent(value / total)})`), "pie"),
  };
}

const percent = (share) => `${Math.round(share * 100)} %`;

function arc(index, from, share, label, title) {
  const [cx, cy, radius] = [WIDTH / 2, HEIGHT / 2, 110];
  const at = (turn, size = radius) => [
    cx + size * Math.cos(turn * 2 * Math.PI),
    cy + size * Math.sin(turn * 2 * Math.PI),
  ].map((value) => value.toFixed(2));
  const whole = share > 0.9999;
  const shape = whole
    ? svg("circle", { cx, cy, r: radius, class: "chart-slice" }, svg("title", {}, title))
    : svg(
      "path",
      {
        class: "chart-slice",
        d: `M${cx} ${cy}L${at(from).join(" ")}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(from + share).join(" ")}Z`,
      },
      svg("title", {}, title),
    );
  const [x, y] = whole ? [cx, cy] : at(from + share / 2, radius * 0.68);
  const [outX, outY] = at(from + share / 2, radius + 11).map(Number);
  return svg("g", { class: `series series-${index % 12}` }, shape,
    share > 0.06 && svg(
      "text",
      { class: "chart-slice-text", x, y: Number(y) + 4, "text-anchor": "middle" },
      percent(share),
    ),
    share > 0.03 && !whole && svg(
      "text",
      {
        class: "chart-text",
        x: outX,
        y: outY + 4,
        "text-anchor": Math.abs(outX - cx) < 20 ? "middle" : outX > cx ? "start" : "end",
      },
      label,
    ));
}

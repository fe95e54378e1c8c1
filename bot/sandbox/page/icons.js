// A small set of line icons, 20 × 20, always beside a label of their own.
import { svg } from "./dom.js";

const PATHS = {
  lock: "M6 9V7a4 4 0 0 1 8 0v2M5 9h10v8H5z",
  hash: "M8 3 6 17M14 3l-2 14M3.5 7.5h13.5M3 12.5h13.5",
  bolt: "M11 2 4 11.5h5L8.5 18 16 8.5h-5.2z",
  reply: "M4 4h12v9H9l-4 4v-4H4z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  menu: "M3 5h14M3 10h14M3 15h14",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 6v4.3l3 1.8",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  trash: "M4 6h12M8 6V4h4v2M6 6l.7 11h6.6L14 6M9 9v5M11 9v5",
  up: "M7 9v8H4V9zM7 9l3-6c1.5 0 2 1 1.7 2.5L11 8h5l-1.3 9H7",
  thumbsdown: "M7 11V3H4v8zM7 11l3 6c1.5 0 2-1 1.7-2.5L11 12h5l-1.3-9H7",
  info: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v5M10 6.2v.1",
  warning: "M10 3 2 17h16zM10 8v4.5M10 14.7v.1",
  error: "M6.5 2.5h7l4 4v7l-4 4h-7l-4-4v-7zM10 6v5M10 13.7v.1",
  success: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M6.5 10l2.5 2.5 4.5-5",
  send: "M3 3.5 17.5 10 3 16.5l2-6.5zM5 10h6",
  home: "M3 9.5 10 3l7 6.5M5 8.5V17h10V8.5",
  page: "M5 2.5h7l3.5 3.5v11.5h-10.5zM12 2.5V6h3.5M8 10h5M8 13h5",
  chat: "M3 4h14v10H9l-4 3v-3H3z",
};

/** The named icon; decorative, so the control around it carries the words. */
export const icon = (name, extra = "") =>
  svg(
    "svg",
    {
      class: `icon ${extra}`.trim(),
      viewBox: "0 0 20 20",
      width: 20,
      height: 20,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg(
      "path",
      {
        d: PATHS[name] ?? PATHS.info,
        fill: "none",
        stroke: "currentColor",
        "stroke-width": name === "more" ? 2.6 : 1.6,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      },
    ),
  );

/** Rhythm's own mark: four beats. */
export const mark = () =>
  svg(
    "svg",
    { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("rect", { width: 32, height: 32, rx: 9, class: "mark-ground" }),
    ...[
      ["M8 13v6", "soft"],
      ["M13.3 8v16", "strong"],
      ["M18.7 11.5v9", "strong"],
      ["M24 14.5v3", "warm"],
    ].map(([d, tone]) =>
      svg("path", { d, class: `mark-${tone}`, "stroke-width": 3.2, "stroke-linecap": "round" })),
  );

// table and data_table blocks.
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./richtext.js";

const cellNodes = (cell) => (cell?.type === "rich_text" ? richText(cell) : withEmoji(cell?.text ?? ""));
const scrolling = (name, table) => el(
  "div",
  { class: "table-scroll", tabindex: "0", role: "region", "aria-label": name },
  table,
);

/** A table block: its first row is the head. */
export function table(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const look = (index) => {
    const { align, is_wrapped: wrapped } = block.column_settings?.[index] ?? {};
    return `${align ? `align-${align}` : ""} ${wrapped ? "wrapped" : ""}`.trim() || null;
  };
  return scrolling("Table", el("table", { class: "grid" },
    el(
      "thead",
      {},
      el("tr", {}, head.map((cell, index) => el("th", { scope: "col", class: look(index) }, cellNodes(cell)))),
    ),
    el(
      "tbody",
      {},
      rows.map((row) => el("tr", {}, row.map((cell, index) => el("td", { class: look(index) }, cellNodes(cell))))),
    )));
}

const sortValue = (cell) => (typeof cell?.value === "number" ? cell.value : textOf(cell).toLowerCase());
const textOf = (cell) => (typeof cell?.text === "string" ? cell.text : JSON.stringify(cell?.elements ?? ""));
const compare = (one, other) =>
  (typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other)));

/** A data_table block: sorted by its heads, shown page by page. */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = block.page_size ?? 5;
  const view = { page: 0, column: null, down: false };
  const body = el("tbody");
  const said = el("span", { role: "status" });
  const back = el("button", { type: "button", class: "quiet", on: { click: () => turn(-1) } }, "Previous");
  const on = el("button", { type: "button", class: "quiet", on: { click: () => turn(1) } }, "Next");
  const heads = head.map((cell, index) => {
    const numeric = rows.some((row) => row[index]?.type === "raw_number");
    return el("th", { scope: "col", class: numeric ? "align-right" : null },
      el(
        "button",
        { type: "button", class: "sort", on: { click: () => sort(index) } },
        cellNodes(cell),
        el("span", { class: "sort-mark", "aria-hidden": "true" }),
      ));
  });

  function turn(pages) {
    view.page += pages;
    show();
  }

  function sort(column) {
    Object.assign(view, { page: 0, down: view.column === column && !view.down, column });
    show();
  }

  function sorted() {
    if (view.column === null) return rows;
    const order = [...rows].sort((one, other) => compare(sortValue(one[view.column]), sortValue(other[view.column])));
    return view.down ? order.reverse() : order;
  }

  function show() {
    const pages = Math.max(Math.ceil(rows.length / size), 1);
    const shown = sorted().slice(view.page * size, (view.page + 1) * size);
    body.replaceChildren(...shown.map((row) => el(
      "tr",
      {},
      row.map((cell, index) => dataCell(cell, index === (block.row_header_column_index ?? 0))),
    )));
    heads.forEach((th, index) => {
      if (index === view.column) th.setAttribute("aria-sort", view.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    back.disabled = view.page === 0;
    on.disabled = view.page >= pages - 1;
    said.textContent = pages > 1 ? `Rows ${view.page * size + 1}–${view.page * size + shown.length} of ${rows.length}` : `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  }

  show();
  return el("div", { class: "data-table" },
    scrolling(
      block.caption,
      el("table", { class: "grid" }, el("caption", {}, block.caption), el("thead", {}, el("tr", {}, heads)), body),
    ),
    el("div", { class: "pager" }, said, rows.length > size && [back, on]));
}

const dataCell = (cell, heads) =>
  el(
    heads ? "th" : "td",
    { scope: heads ? "row" : null, class: cell?.type === "raw_number" ? "align-right" : null },
    cellNodes(cell),
  );

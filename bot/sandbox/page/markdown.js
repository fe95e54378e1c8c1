// The markdown block: standard Markdown as far as messages use it (headings, lists, tasks, quotes, code, tables,
// emphasis, links).
import { el, link } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** Markdown as nodes. */
export function markdown(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const nodes = [];
  while (lines.length) {
    const reader = READERS.find(({ when }) => when.test(lines[0]));
    nodes.push(...(reader?.read(lines) ?? paragraph(lines)));
  }
  return nodes;
}

const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const ROW = /^\s*\|.*\|\s*$/;

const READERS = [
  { when: /^\s*$/, read: (lines) => (lines.shift(), []) },
  { when: /^\s*```/, read: fenced },
  { when: /^#{1,6}\s/, read: heading },
  { when: /^\s*([-*_])(\s*\1){2,}\s*$/, read: (lines) => (lines.shift(), [el("hr")]) },
  { when: /^\s*>/, read: (lines) => [el("blockquote", {}, markdown(taken(lines, /^\s*>/).map((line) => line.replace(/^\s*>\s?/, "")).join("\n")))] },
  { when: ITEM, read: items },
  { when: ROW, read: tableOf },
];

const taken = (lines, pattern) => {
  const rows = [];
  while (lines.length && pattern.test(lines[0])) rows.push(lines.shift());
  return rows;
};

function fenced(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !/^\s*```/.test(lines[0])) code.push(lines.shift());
  lines.shift();
  return [el("pre", { class: "code", tabindex: "0" }, el("code", {}, code.join("\n")))];
}

function heading(lines) {
  const [, marks, title] = /^(#{1,6})\s+(.*)$/.exec(lines.shift()) ?? ["", "#", ""];
  return [el(`h${Math.min(marks.length + 2, 6)}`, { class: `md-heading md-h${marks.length}` }, inline(title))];
}

function items(lines) {
  const rows = taken(lines, ITEM).map((line) => ITEM.exec(line));
  const ordered = rows[0][2] !== undefined;
  const nodes = rows.map(([, space, , body]) => {
    const task = /^\[([ xX])\]\s+(.*)$/.exec(body);
    const level = Math.min(Math.floor(space.length / 2), 8);
    return el(
      "li",
      { class: `indent-${level}` },
      task ? [task[1] === " " ? "☐ " : "☑ ", inline(task[2])] : inline(body),
    );
  });
  return [el(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? rows[0][2] : null }, nodes)];
}

function tableOf(lines) {
  const rows = taken(lines, ROW).map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const ruled = rows[1]?.every((cell) => /^:?-+:?$/.test(cell));
  const body = ruled ? rows.slice(2) : rows;
  return [
    el("div", { class: "table-scroll" }, el("table", { class: "grid" },
      ruled && el("thead", {}, el("tr", {}, rows[0].map((cell) => el("th", { scope: "col" }, inline(cell))))),
      el("tbody", {}, body.map((row) => el("tr", {}, row.map((cell) => el("td", {}, inline(cell)))))))),
  ];
}

function paragraph(lines) {
  const rows = [lines.shift()];
  while (lines.length && lines[0].trim() && !READERS.some(({ when }) => when.test(lines[0]))) rows.push(lines.shift());
  return [el("p", {}, inline(rows.join("\n")))];
}

const MARKS = /`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^*\n]+)\*\*|__([^_\n]+)__|~~([^~\n]+)~~|(?<![*\w])\*([^*\n]+)\*(?!\w)|(?<![_\w])_([^_\n]+)_(?!\w)|(<[@#!][^<>\n]+>)|(\n)/;

function inline(text) {
  const found = MARKS.exec(text);
  if (!found) return text ? [withEmoji(text)] : [];
  const [whole, code, label, url, bold, boldToo, strike, italic, italicToo, token] = found;
  const node =
    code !== undefined ? el("code", {}, code)
    : label !== undefined ? link(url, ...inline(label))
    : (bold ?? boldToo) !== undefined ? el("strong", {}, inline(bold ?? boldToo))
    : strike !== undefined ? el("s", {}, inline(strike))
    : (italic ?? italicToo) !== undefined ? el("em", {}, inline(italic ?? italicToo))
    : token !== undefined ? mrkdwn(token)
    : el("br");
  return [text.slice(0, found.index), node, ...inline(text.slice(found.index + whole.length))].flat();
}

// The markdown block and canvases: standard Markdown as far as they use it (headings, lists, tasks, quotes, code,
// tables, emphasis, links). They differ in how they mention: <@U…> in messages, ![](@U…) in canvases.
import { el, link } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { channelMention, decoded, mention, mrkdwn } from "./mrkdwn.js";

/** A message's Markdown as nodes. */
export const markdown = (text) => read(text, IN_MESSAGES);

/** A canvas's Markdown as nodes. */
export const canvasMarkdown = (text) => read(text, IN_CANVASES);

function read(text, mentions) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const nodes = [];
  while (lines.length) {
    const reader = READERS.find(({ when }) => when.test(lines[0]));
    nodes.push(...(reader?.read(lines, mentions) ?? paragraph(lines, mentions)));
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
  { when: /^\s*>/, read: quote },
  { when: ITEM, read: items },
  { when: ROW, read: tableOf },
];

const taken = (lines, pattern) => {
  const rows = [];
  while (lines.length && pattern.test(lines[0])) rows.push(lines.shift());
  return rows;
};

function quote(lines, mentions) {
  const said = taken(lines, /^\s*>/).map((line) => line.replace(/^\s*>\s?/, ""));
  return [el("blockquote", {}, read(said.join("\n"), mentions))];
}

function fenced(lines) {
  lines.shift();
  const code = [];
  while (lines.length && !/^\s*```/.test(lines[0])) code.push(lines.shift());
  lines.shift();
  return [el("pre", { class: "code", tabindex: "0" }, el("code", {}, code.join("\n")))];
}

function heading(lines, mentions) {
  const [, marks, title] = /^(#{1,6})\s+(.*)$/.exec(lines.shift()) ?? ["", "#", ""];
  return [el(`h${Math.min(marks.length + 2, 6)}`, { class: `md-heading md-h${marks.length}` }, inline(title, mentions))];
}

function items(lines, mentions) {
  const rows = taken(lines, ITEM).map((line) => ITEM.exec(line));
  const ordered = rows[0][2] !== undefined;
  const nodes = rows.map(([, space, , body]) => {
    const task = /^\[([ xX])\]\s+(.*)$/.exec(body);
    const level = Math.min(Math.floor(space.length / 2), 8);
    return el(
      "li",
      { class: task ? `task indent-${level}` : `indent-${level}` },
      task ? [task[1] === " " ? "☐ " : "☑ ", inline(task[2], mentions)] : inline(body, mentions),
    );
  });
  return [el(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? rows[0][2] : null }, nodes)];
}

function tableOf(lines, mentions) {
  const rows = taken(lines, ROW).map((line) => line.trim().slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const ruled = rows[1]?.every((cell) => /^:?-+:?$/.test(cell));
  const body = ruled ? rows.slice(2) : rows;
  return [
    el("div", { class: "table-scroll" }, el("table", { class: "grid" },
      ruled && el("thead", {}, el("tr", {}, rows[0].map((cell) => el("th", { scope: "col" }, inline(cell, mentions))))),
      el("tbody", {}, body.map((row) => el("tr", {}, row.map((cell) => el("td", {}, inline(cell, mentions)))))))),
  ];
}

function paragraph(lines, mentions) {
  const rows = [lines.shift()];
  while (lines.length && lines[0].trim() && !READERS.some(({ when }) => when.test(lines[0]))) rows.push(lines.shift());
  return [el("p", {}, inline(rows.join("\n"), mentions))];
}

const MARKS = [
  /\\([!-/:-@[-`{-~])/,
  /`([^`\n]+)`/,
  /\[((?:\\.|[^\]\n\\])+)\]\(([^)\s]+)\)/,
  /\*\*((?:\\.|[^*\n\\])+)\*\*/,
  /__((?:\\.|[^_\n\\])+)__/,
  /~~((?:\\.|[^~\n\\])+)~~/,
  /(?<![*\w])\*((?:\\.|[^*\n\\])+)\*(?!\w)/,
  /(?<![_\w])_((?:\\.|[^_\n\\])+)_(?!\w)/,
  /(\n)/,
];
const marksWith = (mention) => new RegExp([...MARKS, mention].map(({ source }) => source).join("|"));

const IN_MESSAGES = { marks: marksWith(/(<[@#!][^<>\n]+>)/), node: mrkdwn };
const IN_CANVASES = {
  marks: marksWith(/!\[\]\(([@#][A-Z0-9]+)\)/),
  node: (target) => (target[0] === "@" ? mention : channelMention)(target.slice(1)),
};

function inline(text, mentions) {
  const found = mentions.marks.exec(text);
  if (!found) return text ? [withEmoji(decoded(text))] : [];
  const [whole, escaped, code, label, url, bold, boldToo, strike, italic, italicToo, line, mentioned] = found;
  const within = (words) => inline(words, mentions);
  const node =
    escaped !== undefined ? escaped
    : code !== undefined ? el("code", {}, code)
    : label !== undefined ? link(url, ...within(label))
    : (bold ?? boldToo) !== undefined ? el("strong", {}, within(bold ?? boldToo))
    : strike !== undefined ? el("s", {}, within(strike))
    : (italic ?? italicToo) !== undefined ? el("em", {}, within(italic ?? italicToo))
    : line !== undefined ? el("br")
    : mentions.node(mentioned);
  return [within(text.slice(0, found.index)), node, ...within(text.slice(found.index + whole.length))].flat();
}

// rich_text blocks: explicit elements, so nothing is parsed.
import { el, link } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { broadcast, channelMention, dateNode, emojiNode, mention } from "./mrkdwn.js";

const PARTS = {
  rich_text_section: (part) => el("p", { class: "rich-section" }, inlines(part.elements)),
  rich_text_quote: (part) => el("blockquote", {}, inlines(part.elements)),
  rich_text_preformatted: (part) => el("pre", { class: "code", tabindex: "0" }, el("code", {}, inlines(part.elements))),
  rich_text_list: list,
};

/** The nodes of a rich_text block (or of a list of its parts). */
export const richText = (block) =>
  (block?.elements ?? []).map((part) => PARTS[part.type]?.(part) ?? el("p", {}, `[${part.type}]`));

/** Slack sends nested lists side by side, each with its indent. */
function list(part) {
  const ordered = part.style === "ordered";
  const items = (part.elements ?? []).map((item) => el("li", {}, inlines(item.elements)));
  const level = Math.min(part.indent ?? 0, 8);
  return el(
    ordered ? "ol" : "ul",
    { class: `rich-list indent-${level}`, start: ordered && part.offset ? part.offset + 1 : null },
    items,
  );
}

const INLINE = {
  text: (piece) => lines(piece.text ?? ""),
  link: (piece) => link(piece.url, piece.text || piece.url),
  emoji: (piece) => emojiSign(piece),
  user: (piece) => mention(piece.user_id),
  channel: (piece) => channelMention(piece.channel_id),
  usergroup: () => el("span", { class: "mention" }, "@group"),
  broadcast: (piece) => broadcast(piece.range),
  date: (piece) => dateNode([piece.timestamp, piece.format, piece.url], piece.fallback),
  color: (piece) => el("code", {}, piece.value),
};

const inlines = (pieces = []) => pieces.map((piece) => dressed(
  INLINE[piece.type]?.(piece) ?? [`[${piece.type}]`],
  piece.style,
));

const DRESS = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

function dressed(nodes, style) {
  if (!style) return nodes;
  return DRESS.reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), nodes);
}

const lines = (text) => text.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));

function emojiSign(piece) {
  const points = (piece.unicode ?? "").split("-").filter(Boolean).map((hex) => Number.parseInt(hex, 16));
  const known = points.length && points.every((point) => point > 0 && point <= 0x10ffff);
  const sign = known ? String.fromCodePoint(...points) : emojiOf(piece.name);
  return sign ? emojiNode(piece.name, sign) : `:${piece.name}:`;
}

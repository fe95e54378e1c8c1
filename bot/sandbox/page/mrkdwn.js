// Slack's mrkdwn, read into nodes: *bold* _italic_ ~strike~ `code` ```block``` > quote, <…> tokens, :emoji:, &amp; &lt;
// &gt;.
import { el, link } from "./dom.js";
import { emojiOf, withEmoji } from "./emoji.js";
import { dateTokens } from "./time.js";
import { world } from "./world.js";

/** The three entities Slack knows, decoded once. */
export const decoded = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A text object as nodes: mrkdwn is parsed, plain_text only gets its emoji. */
export function textObject(text) {
  if (!text) return [];
  if (typeof text === "string") return mrkdwn(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text ?? "", !text.verbatim) : plain(text.text ?? "");
}

/** A text object as one string, for labels and titles. */
export function plainText(text) {
  if (!text) return "";
  const string = typeof text === "string" ? text : (text.text ?? "");
  return withEmoji(text.type === "mrkdwn" ? decoded(string) : string);
}

/** Text with line breaks and emoji, nothing else. */
export const plain = (text) => broken(withEmoji(text));

/** Mrkdwn as nodes; `linkify` also turns bare web addresses into links. */
export function mrkdwn(text, linkify = true) {
  return text.split(/(```[\s\S]*?```)/).flatMap((part) => {
    if (part.length > 6 && part.startsWith("```") && part.endsWith("```")) return [codeBlock(part.slice(3, -3))];
    return quoted(part.replace(/^\n(?=.)/, ""), linkify);
  });
}

const codeBlock = (text) =>
  el("pre", { class: "code", tabindex: "0" }, el("code", {}, leaves(text.replace(/^\n|\n$/g, ""))));

/** Lines that begin with > are quotes; >>> quotes all that follows. */
function quoted(text, linkify) {
  const nodes = [];
  let calm = [];
  let quote = [];
  const flush = () => {
    if (quote.length) nodes.push(el("blockquote", {}, inline(quote.join("\n"), linkify)));
    if (calm.length) nodes.push(...inline(calm.join("\n"), linkify));
    calm = [];
    quote = [];
  };
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const rest = /^(?:&gt;|>){3}\s?([\s\S]*)$/.exec(lines.slice(index).join("\n"));
    if (rest) {
      flush();
      return [...nodes, el("blockquote", {}, inline(rest[1], linkify))];
    }
    const one = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (one ? calm.length : quote.length) flush();
    (one ? quote : calm).push(one ? one[1] : line);
  }
  flush();
  return nodes;
}

const STYLES = { "*": "strong", _: "em", "~": "s" };
const STYLED = /(^|[\s({["'“‘\-–—/.,:;!?*_~>])([*_~])(?=\S)((?:(?!\2)[^\n])*?\S)\2(?=$|[\s)}\]"'”’\-–—/.,:;!?*_~<&])/;
const ATOM = /<([^<>\n]+)>|`([^`\n]+)`/;
const ADDRESS = /https?:\/\/[^\s<>|`]+[^\s<>|`.,;:!?)\]'"*_~]/;

/**
 * Inline marks. Tokens and code come out first, so that styles never reach inside them; they stand as private
 * characters.
 */
function inline(text, linkify) {
  const kept = [];
  const keep = (node) => `\uE000${kept.push(node) - 1}\uE001`;
  let left = text.replace(/[\uE000\uE001]/g, "");
  left = left.replace(
    new RegExp(ATOM, "g"),
    (_whole, token, code) => keep(code === undefined ? tokenNode(token) : el("code", {}, decoded(code))),
  );
  if (linkify) left = left.replace(new RegExp(ADDRESS, "g"), (address) => keep(link(decoded(address))));
  return styled(left, kept);
}

function styled(text, kept) {
  const found = STYLED.exec(text);
  if (!found) return restored(text, kept);
  const start = found.index + found[1].length;
  return [
    ...restored(text.slice(0, start), kept),
    el(STYLES[found[2]], {}, styled(found[3], kept)),
    ...styled(text.slice(found.index + found[0].length), kept),
  ];
}

const restored = (text, kept) =>
  text.split(/(\uE000\d+\uE001)/).flatMap((part) => {
    const held = /^\uE000(\d+)\uE001$/.exec(part);
    return held ? [kept[Number(held[1])]] : emojis(part);
  });

const emojis = (text) =>
  text.split(/(:[a-z0-9_+-]+:)/).flatMap((part) => {
    const sign = /^:[a-z0-9_+-]+:$/.test(part) ? emojiOf(part.slice(1, -1)) : null;
    return sign ? [emojiNode(part.slice(1, -1), sign)] : broken(decoded(part));
  });

/** A sign with its name for screen readers. */
export const emojiNode = (name, sign) => el(
  "span",
  { role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` },
  sign,
);

const broken = (text) =>
  text.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line])).filter((node) => node !== "");

const leaves = (text) =>
  text.split(/(<[^<>\n]+>)/).flatMap((part) => (/^<[^<>]+>$/.test(part) ? [tokenNode(part.slice(1, -1))] : [decoded(part)]));

/** One <token>: a mention, a date or a link. */
function tokenNode(token) {
  const [target, label] = splitOnce(token, "|");
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target.slice(6).split("^"), label);
  if (target.startsWith("!subteam^")) return pill(decoded(label ?? "") || "@group");
  if (target.startsWith("!")) return broadcast(target.slice(1).split("^")[0]);
  if (/^(https?|mailto|slack):/i.test(target)) return link(decoded(target), label ? decoded(label) : decoded(target).replace(/^mailto:/, ""));
  return el("span", {}, decoded(`<${token}>`));
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const pill = (text, extra = "") => el("span", { class: `mention ${extra}`.trim() }, text);

export const mention = (id, label) =>
  pill(`@${world.users.has(id) ? world.name(id) : decoded(label ?? "") || id}`, id === world.me ? "mention-me" : "");

export function channelMention(id, label) {
  const name = world.channelName(id) ?? (label ? decoded(label) : null);
  if (!name) return pill("a private channel");
  return el("a", { class: "mention", href: `#${world.me}/${id}` }, `#${name}`);
}

export const broadcast = (name) => pill(`@${name}`, "mention-me");

/** A moment written in the reader's zone; the full date and zone on hover. */
export function dateNode([seconds, format, url], fallback) {
  const ms = Number(seconds) * 1000;
  if (!Number.isFinite(ms) || !format) return el("span", {}, decoded(fallback ?? ""));
  const text = dateTokens(decoded(format), ms, world.zone, world.now());
  const time = el(
    "time",
    { datetime: new Date(ms).toISOString(), title: fallback ? decoded(fallback) : undefined },
    text,
  );
  return url ? link(decoded(url), time) : time;
}

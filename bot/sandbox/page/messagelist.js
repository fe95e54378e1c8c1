// A list of messages that is redrawn only where something changed, so that what one types or reads stays in place.
import { el } from "./dom.js";
import { follows, messageNode } from "./message.js";
import { agoText, dayKey, dayText, tsToMs } from "./time.js";
import { world } from "./world.js";

/** `about` is what each message needs (see message.js); answers {node, show(messages, key), toEnd()}. */
export function messageList(about, { inThread = false, empty = "" } = {}) {
  const inner = el(
    "div",
    {
      class: "message-list",
      role: "log",
      "aria-live": "off",
      "aria-relevant": "additions",
      "aria-label": inThread ? "Replies" : "Messages",
    },
  );
  const latest = el(
    "button",
    { type: "button", class: "latest", hidden: true, on: { click: () => toEnd() } },
    "New messages below",
  );
  const node = el("div", { class: "message-scroll", tabindex: "0" }, inner, latest);
  let drawn = new Map();
  let shownKey = null;
  let sticky = true;

  node.addEventListener("scroll", () => {
    sticky = node.scrollHeight - node.scrollTop - node.clientHeight < 80;
    if (sticky) latest.hidden = true;
  });

  function toEnd() {
    node.scrollTop = node.scrollHeight;
    sticky = true;
    latest.hidden = true;
  }

  function entries(messages) {
    const list = [];
    let day = null;
    let earlier = null;
    for (const message of messages) {
      const ms = tsToMs(message.ts);
      const today = dayKey(ms, world.zone);
      if (today !== day && !inThread) {
        const text = dayText(ms, world.zone, world.now());
        list.push({ key: `day-${today}`, mark: text, make: () => el("h3", { class: "day" }, el("span", {}, text)) });
      }
      const compact = today === day && follows(earlier, message);
      list.push({
        key: message.ts,
        mark: JSON.stringify([message, compact, world.me, world.zone, passing(message)]),
        message,
        make: () => messageNode(message, { ...about, channel: about.channel(), compact, inThread }),
      });
      day = today;
      earlier = message;
    }
    return list;
  }

  /** Shows these messages; a new `key` (another channel or person) starts at the end and is not read aloud as news. */
  function show(messages, key) {
    const fresh = key !== shownKey;
    if (fresh) {
      drawn = new Map();
      inner.setAttribute("aria-live", "off");
    }
    const next = new Map();
    const list = entries(messages);
    for (const { key: id, mark, make, message } of list) {
      const had = drawn.get(id);
      next.set(id, had?.mark === mark ? had : { mark, node: make(), message });
    }
    const inside = inner.contains(document.activeElement);
    place(inner, list.length ? [...next.values()].map((each) => each.node) : [el("p", { class: "empty" }, empty)]);
    if (inside && !inner.contains(document.activeElement)) node.focus({ preventScroll: true });
    if (!fresh) tellNew([...next.entries()].filter(([id, each]) => each.message && !drawn.has(id)).map(([, each]) => each));
    drawn = next;
    shownKey = key;
    if (fresh || sticky) toEnd();
    setTimeout(() => inner.setAttribute("aria-live", "polite"), 500);
  }

  function tellNew(added) {
    const last = added.at(-1);
    if (!last) return;
    if (last.message.user === world.me) sticky = true;
    latest.hidden = sticky;
  }

  return { node, show, toEnd };
}

/** What of a message changes while time goes by: dates in words, and how long ago the last reply was. */
function passing(message) {
  const dated = message.text?.includes("<!date^") || /<!date\^|"type":"date"/.test(JSON.stringify(message.blocks ?? ""));
  return [
    dated && dayKey(world.now(), world.zone),
    message.latest_reply && agoText(tsToMs(message.latest_reply), world.now()),
  ];
}

/** Makes `nodes` the children of `parent`, moving as little as possible so that focus stays. */
function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
}

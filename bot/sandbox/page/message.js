// One message of a conversation or a thread.
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks, messageText } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./layers.js";
import { agoText, fullText, timeText, tsToMs } from "./time.js";
import { world } from "./world.js";

const byApp = (message) => Boolean(message.bot_id) || message.user === world.botId;
const authorOf = (message) => message.user ?? world.botId;
const nameOf = (message) => message.username ?? world.name(authorOf(message));

/** Whether `message` may stand under `earlier` without repeating the author. */
export const follows = (earlier, message) =>
  Boolean(earlier)
  && authorOf(earlier) === authorOf(message) && nameOf(earlier) === nameOf(message)
  && !earlier.is_ephemeral && !message.is_ephemeral
  && tsToMs(message.ts) - tsToMs(earlier.ts) < 300_000 && !earlier.reply_count;

/** `about`: {channel, compact, inThread, refetch, openThread, runShortcut, messageShortcuts, dismiss}. */
export function messageNode(message, about) {
  const ms = tsToMs(message.ts);
  const time = el(
    "time",
    { class: "message-time", datetime: new Date(ms).toISOString(), title: fullText(ms, world.zone) },
    timeText(ms, world.zone),
  );
  const gone = message.subtype === "tombstone";
  return el("article", {
    class: ["message", about.compact && "compact", message.is_ephemeral && "ephemeral"].filter(Boolean).join(" "),
    "data-testid": "message", "data-ts": message.ts, "data-ephemeral": message.is_ephemeral ? "true" : null,
    "aria-label": `${nameOf(message)}, ${timeText(ms, world.zone)}`,
  },
  message.is_ephemeral && el("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
  el("div", { class: "message-row" },
    el("div", { class: "message-side" }, about.compact ? time : avatar(authorOf(message))),
    el("div", { class: "message-body" },
      !about.compact && el(
        "div",
        { class: "message-head" },
        el("strong", {}, nameOf(message)),
        byApp(message) && el("span", { class: "tag" }, "APP"),
        world.users.get(message.user)?.deleted && el("span", { class: "tag" }, "DEACTIVATED"),
        time,
      ),
      gone ? el("p", { class: "gone" }, message.text) : content(message, about),
      message.is_ephemeral && el(
        "button",
        { type: "button", class: "text-button", on: { click: () => about.dismiss(message.ts) } },
        "Dismiss",
      ),
      !about.inThread && message.reply_count > 0 && threadLink(message, about))),
  !gone && !message.is_ephemeral && tools(message, about));
}

function content(message, about) {
  const edited = message.edited && el(
    "span",
    { class: "edited", title: fullText(tsToMs(message.edited.ts), world.zone) },
    " (edited)",
  );
  if (!message.blocks?.length) return messageText(message.text, edited);
  return el("div", { class: "blocks" }, blocks(message.blocks, {
    kind: "message",
    channel: () => about.channel,
    click: async (gesture) => {
      await api.click({ user: world.me, channel: about.channel, ts: message.ts, ...gesture });
      await about.refetch();
    },
    options: (asked) => api.options({ user: world.me, channel: about.channel, ts: message.ts, ...asked }),
  }), edited);
}

const threadLink = (message, about) =>
  el("button", {
    type: "button",
    class: "thread-link",
    "data-testid": "thread-link",
    on: { click: () => about.openThread(message.ts) },
  },
    (message.reply_users ?? []).slice(0, 3).map((id) => avatar(id, "mini")),
    el("span", { class: "thread-count" }, message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`),
    message.latest_reply && el(
      "span",
      { class: "thread-last" },
      `Last reply ${agoText(tsToMs(message.latest_reply), world.now())}`,
    ));

function tools(message, about) {
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": "message-menu",
      "aria-label": "More actions for this message",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "More actions",
    },
    icon("more"),
  );
  more.addEventListener("click", () => menu(more, [
    ...(about.inThread ? [] : [{
      label: "Reply in thread",
      run: () => about.openThread(message.thread_ts ?? message.ts),
    }]),
    ...about.messageShortcuts().map((each) => ({
      label: each.name,
      detail: each.description,
      data: { callbackId: each.callback_id },
      run: () => about.runShortcut(each, message.ts),
    })),
  ], { label: "Message actions" }));
  return el("div", { class: "message-tools" },
    !about.inThread && el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "data-testid": "reply",
        "aria-label": "Reply in thread",
        title: "Reply in thread",
        on: { click: () => about.openThread(message.thread_ts ?? message.ts) },
      },
      icon("reply"),
    ),
    more);
}

// The middle column: a channel or a conversation, with its head, tabs, messages and composer.
import { avatar } from "./avatar.js";
import { canvasSheet } from "./canvas.js";
import { composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./layers.js";
import { messageList } from "./messagelist.js";
import { isApp } from "./sidebar.js";
import { appHome } from "./home.js";
import { world } from "./world.js";

const purposeOf = (channel) => [
  channel.purpose,
  channel.topic,
].map((text) => (typeof text === "string" ? text : text?.value)).find(Boolean) ?? "";
const membersOf = (channel) => channel.num_members ?? channel.members?.length ?? null;

/**
 * Fills the column. `does`: {send, refetch, openThread, runShortcut, globalShortcuts, messageShortcuts, commands, join,
 * dismiss, tab, toggleSidebar, writeCanvas, deleteCanvas}.
 */
export function conversation(column, does) {
  let channel = null;
  const head = el("header", { class: "head" });
  const tabs = el(
    "div",
    { class: "tabs", role: "tablist", hidden: true, on: { keydown: steerTabs } },
    tab("home", "Home", "home"),
    tab("messages", "Messages", "chat"),
    tab("canvas", "Canvas", "page"),
  );
  const list = messageList(
    { ...does, channel: () => channel?.id },
    { empty: "No messages yet. Type / below to see what Rhythm understands." },
  );
  const home = appHome(does.refetch);
  const canvas = canvasSheet({ write: does.writeCanvas, remove: does.deleteCanvas });
  const shortcuts = el(
    "button",
    {
      type: "button",
      class: "shortcuts",
      "data-testid": "shortcuts",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: openShortcuts },
    },
    icon("bolt"),
    el("span", {}, "Shortcuts"),
  );
  const write = composer({
    testid: "composer",
    sendId: "send",
    send: does.send,
    commands: does.commands,
    slash: true,
    before: [shortcuts],
  });
  const closed = el("p", { class: "closed-note" });
  column.replaceChildren(head, tabs, home.node, canvas.node, list.node, write.node, closed);

  function openShortcuts() {
    const offered = does.globalShortcuts();
    menu(shortcuts, offered.length
      ? offered.map((each) => ({
        label: each.name,
        detail: each.description,
        data: { callbackId: each.callback_id },
        run: () => does.runShortcut(each),
      }))
      : [{ heading: "This app has no shortcuts" }], { label: "Shortcuts" });
  }

  function tab(name, words, sign) {
    return el(
      "button",
      { type: "button", role: "tab", class: "tab", "data-testid": `tab-${name}`, data: { tab: name }, on: { click: () => does.tab(name) } },
      icon(sign),
      words,
    );
  }

  function steerTabs(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = [...tabs.children].find((each) => !each.hidden && each !== event.target);
    other.focus();
    other.click();
  }

  /** Rhythm's conversation has Home and Messages; a channel has Messages and, when there is one, Canvas. */
  function drawTabs(shown) {
    const app = isApp(channel);
    const offered = app ? ["home", "messages"] : ["messages", "canvas"];
    tabs.hidden = !app && !channel.has_canvas && shown !== "canvas";
    tabs.setAttribute("aria-label", app ? "Rhythm" : `#${channel.name}`);
    for (const each of tabs.children) {
      const current = each.dataset.tab === shown;
      each.hidden = !offered.includes(each.dataset.tab);
      each.setAttribute("aria-selected", String(current));
      each.tabIndex = current ? 0 : -1;
    }
  }

  const mayWrite = () => !channel.is_im && channel.is_member && !channel.is_archived;

  const addCanvas = () => el("button", {
    type: "button",
    class: "icon-button",
    "data-testid": "add-canvas",
    "aria-label": "Add a canvas",
    title: "Add a canvas",
    on: { click: () => does.tab("canvas") },
  }, icon("page"));

  function drawHead(shown) {
    const members = membersOf(channel);
    head.replaceChildren(...[
      el(
        "button",
        {
          type: "button",
          class: "icon-button menu-button",
          "aria-label": "Channels and people",
          on: { click: does.toggleSidebar },
        },
        icon("menu"),
      ),
      channel.is_im ? avatar(
        isApp(channel) ? world.botId : channel.user,
        "small",
      ) : icon(channel.is_private ? "lock" : "hash", "head-sign"),
      el("h1", {}, channel.is_im ? world.name(isApp(channel) ? world.botId : channel.user) : channel.name),
      channel.is_private && !channel.is_im && el("span", { class: "hidden-visually" }, "(private)"),
      isApp(channel) && el("span", { class: "tag" }, "APP"),
      el("p", { class: "purpose" }, purposeOf(channel)),
      channel.bot_in === false && el("span", { class: "members" }, "Rhythm is not in this channel"),
      members && !channel.is_im && el("span", { class: "members" }, members === 1 ? "1 member" : `${members} members`),
      mayWrite() && !channel.has_canvas && shown !== "canvas" && addCanvas(),
    ].filter(Boolean));
  }

  /** Moves to a channel, at its tab `messages` or `canvas`, or `home` of the conversation with Rhythm. */
  function at(next, shown) {
    channel = next;
    const app = isApp(channel);
    drawHead(shown);
    drawTabs(shown);
    home.node.hidden = shown !== "home";
    canvas.node.hidden = shown !== "canvas";
    list.node.hidden = shown !== "messages";
    const outside = channel.is_member === false;
    const readOnly = channel.is_archived || outside;
    write.node.hidden = shown !== "messages" || readOnly;
    closed.hidden = !readOnly || shown === "home";
    closed.replaceChildren(channel.is_archived ? "This channel is archived. It can be read, not written to." : `You are looking into #${channel.name} without being in it. `,
      outside && !channel.is_archived ? el(
        "button",
        { type: "button", class: "button primary small", "data-testid": "join", on: { click: does.join } },
        `Join #${channel.name}`,
      ) : "");
    write.at(
      `${world.me}/${channel.id}`,
      channel.is_im ? `Message ${world.name(app ? world.botId : channel.user)}` : `Message #${channel.name}`,
    );
  }

  return {
    at,
    showMessages: (messages) => list.show(
      messages.filter((each) => !each.thread_ts || each.thread_ts === each.ts || each.subtype === "thread_broadcast"),
      `${world.me}/${channel.id}`,
    ),
    showHome: home.show,
    showCanvas: (sheet) => canvas.show(sheet, channel, mayWrite()),
    focus: () => !write.node.hidden && write.focus(),
  };
}

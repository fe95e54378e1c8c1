// The left column: the workspace, who one is, channels and conversations.
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { icon, mark } from "./icons.js";
import { menu, notice } from "./layers.js";
import { timeText } from "./time.js";
import { world } from "./world.js";

/** Fills the column; `go({me?, channel?, tab?})` moves. Answers {show(rows, place), tick()}. */
export function sidebar(column, go) {
  const person = el(
    "button",
    {
      type: "button",
      class: "person",
      "data-testid": "person",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: choose },
    },
  );
  const lists = el("div", { class: "sidebar-lists" });
  let drawn = "";
  const team = el("p", { class: "workspace-name" });
  column.append(
    el(
      "div",
      { class: "workspace" },
      mark(),
      el("div", {}, team, el("p", { class: "workspace-note" }, "A local sandbox")),
    ),
    person,
    lists,
  );

  function choose() {
    menu(person, [
      { heading: "Look through the eyes of" },
      ...world.persons().map((user) => ({
        label: world.name(user.id), detail: [
          user.profile?.title,
          user.is_restricted && "guest",
        ].filter(Boolean).join(" · "), note: timeText(world.now(), user.tz), avatar: avatar(user.id, "small"),
        current: user.id === world.me, data: {
          person: user.id,
          handle: user.name,
          testid: `person-${user.name}`,
        }, run: () => go({ me: user.id }),
      })),
      ...ofOneself(),
    ], { label: "Switch person", wide: true });
  }

  function tick() {
    const user = world.users.get(world.me);
    const local = person.querySelector(".person-time");
    if (!user || !local) return;
    const status = user.profile?.status_text;
    local.textContent = [timeText(world.now(), user.tz), status || place(user.tz)].join(" · ");
  }

  function showPerson() {
    const user = world.users.get(world.me);
    person.setAttribute("aria-label", `You are ${world.name(world.me)}. Switch person`);
    person.dataset.user = world.me;
    person.replaceChildren(
      avatar(world.me),
      el(
        "span",
        { class: "person-words" },
        el("strong", {}, world.name(world.me)),
        el("span", { class: "person-time" }),
      ),
      icon("down"),
    );
    person.title = user?.profile?.title ?? "";
    tick();
  }

  function row(channel, { channel: current }) {
    const unread = channel.unread ?? 0;
    const here = channel.id === current;
    const { name, sign, testid, note } = channel.is_im ? conversation(channel) : room(channel);
    return el("li", {}, el("a", {
      class: [
        "channel",
        unread && !here && "unread",
        channel.is_archived && "archived",
      ].filter(Boolean).join(" "), href: `#${world.me}/${channel.id}`, "data-testid": testid, "data-channel": channel.id,
      "aria-current": here ? "page" : null,
    }, sign, el("span", { class: "channel-name" }, name), note,
    unread > 0 && !here && el(
      "span",
      { class: "badge" },
      String(unread),
      el("span", { class: "hidden-visually" }, " unread"),
    )));
  }

  function show(rows, here) {
    team.textContent = world.team.name ?? "Workspace";
    showPerson();
    const mark = JSON.stringify([rows, here, world.me]);
    if (mark === drawn) return;
    drawn = mark;
    const focused = lists.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
    const rooms = rows.filter((each) => !each.is_im && !each.is_archived);
    const talks = rows.filter((each) => each.is_im);
    lists.replaceChildren(
      group("Apps", talks.filter(isApp), here), group(
        "Channels",
        rooms.filter((each) => each.is_member !== false),
        here,
      ), group(
        "Not joined",
        rooms.filter((each) => each.is_member === false),
        here,
      ), group("Direct messages", talks.filter((each) => !isApp(each)), here),
      group("Archived", rows.filter((each) => each.is_archived), here));
    if (focused) lists.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  }

  const group = (title, rows, here) => rows.length ? el(
    "section",
    { class: "channel-group", "aria-label": title },
    el("h2", {}, title),
    el("ul", {}, rows.map((each) => row(each, here))),
  ) : "";

  return { show, tick };
}

/** What people say of themselves in Slack, for apps to hear of or to ask about. */
function ofOneself() {
  const inHours = (hours) => new Date(world.now() + hours * 3_600_000).toISOString();
  const say = (testid, label, fields) => ({
    label, data: { testid }, run: () => api.change(world.me, fields).catch((refused) => notice(refused.message)),
  });
  return [
    { heading: `Say of ${world.name(world.me)}` },
    say("status-away", "Status: Vacationing, for a week", {
      status: "Vacationing", status_emoji: ":palm_tree:", status_until: inHours(168),
    }),
    say("status-clear", "No status", { status: "", status_emoji: "" }),
    say("dnd", "Do Not Disturb, for two hours", { dnd_until: inHours(2) }),
    say("dnd-end", "Do Not Disturb off", { dnd_until: "" }),
  ];
}

const place = (zone) => (zone ?? "UTC").split("/").at(-1).replaceAll("_", " ");

/** Whether this conversation is the one with the bot; every row without another person is. */
export const isApp = (channel) => channel.is_im && [undefined, world.botId, world.me].includes(channel.user);

const room = (channel) => ({
  name: channel.name, testid: `channel-${channel.name}`, sign: icon(channel.is_private ? "lock" : "hash"),
  note: channel.is_private ? el("span", { class: "hidden-visually" }, "(private)") : null,
});

function conversation(channel) {
  if (isApp(channel)) return {
    name: world.name(world.botId),
    testid: "dm-rhythm",
    sign: avatar(world.botId, "mini"),
    note: el("span", { class: "tag" }, "APP"),
  };
  return {
    name: world.name(channel.user),
    testid: `dm-${world.users.get(channel.user)?.name ?? channel.user}`,
    sign: avatar(channel.user, "mini"),
    note: null,
  };
}

// Puts the page together: where the person is (kept in the address), what to fetch again, and when.
import * as address from "./address.js";
import { api, listen } from "./api.js";
import { clockBar } from "./clock.js";
import { conversation } from "./conversation.js";
import { gathering } from "./hints.js";
import { notice } from "./layers.js";
import { modalOpen, showViews } from "./modal.js";
import { isApp, sidebar } from "./sidebar.js";
import { thread } from "./thread.js";
import { world } from "./world.js";

const app = document.getElementById("app");
const column = (id) => document.getElementById(id);
const dismissed = new Set();
let offers = { commands: [], shortcuts: [] };
let rows = [];
let here = { channel: null, tab: "messages", thread: null };
let stopListening = () => {};

function go(to) {
  location.hash = address.written({
    me: to.me ?? world.me,
    channel: to.channel ?? here.channel?.id ?? "",
    tab: to.tab ?? (to.me ? here.tab : "messages"),
    thread: to.thread,
  });
}

const known = (me) => world.persons().find(({ id }) => id === me)?.id;

let turn = 0;

async function arrive() {
  const mine = ++turn;
  const asked = address.read(location.hash);
  const me = known(asked.me) ?? (world.me || world.persons()[0]?.id);
  if (me !== world.me) await become(me);
  if (mine !== turn) return;
  const wanted = rows.find(({ id }) => id === asked.channel) ?? sameRoom(asked.channel) ?? firstRoom();
  if (!wanted) return;
  const moved = here.channel?.id !== wanted.id || here.tab !== asked.tab;
  const tab = asked.tab === (isApp(wanted) ? "home" : "canvas") ? asked.tab : "messages";
  here = { channel: wanted, tab, thread: wanted.id === asked.channel ? asked.thread : null };
  history.replaceState(null, "", address.written({ me, channel: wanted.id, tab, thread: here.thread }));
  top.refresh();
  left.show(rows, { channel: wanted.id });
  middle.at(wanted, tab);
  right.at(wanted.id, here.thread, wanted.is_im ? world.name(wanted.user) : `#${wanted.name}`);
  app.classList.remove("sidebar-open");
  if (tab === "home") await act(() => api.openHome(world.me));
  await Promise.all([talk(), replies(), homeView(), sheet()]);
  if (moved && !modalOpen() && !here.thread && matchMedia("(pointer: fine)").matches) middle.focus();
}

/** The conversation with Rhythm stays open across persons, although each has one of their own. */
const sameRoom = (id) => (id?.startsWith("D") ? rows.find(isApp) : undefined);
const firstRoom = () => rows.find((row) => !row.is_im && !row.is_archived) ?? rows[0];

async function become(me) {
  world.me = me;
  stopListening();
  await Promise.all([side(), forms()]);
  let lost = false;
  stopListening = listen(me, hinted, (connected) => {
    if (connected && lost) everything();
    lost = !connected;
    document.body.classList.toggle("offline", lost);
  });
}

// What to fetch

const guarded = (run) => async (...values) => {
  try {
    return await run(...values);
  } catch (error) {
    notice(error.message);
    return undefined;
  }
};
const act = (run) => guarded(run)();

/** Each fetch shows its answer only while it is the latest of its kind, and the person is still the same. */
function newest(run) {
  let turn = 0;
  return guarded(async () => {
    const [mine, me] = [++turn, world.me];
    await run(() => mine === turn && me === world.me);
  });
}

const side = newest(async (current) => {
  const answer = await api.sidebar(world.me);
  if (!current()) return;
  rows = [...(answer.ims ?? []), ...(answer.channels ?? [])];
  world.conversations = rows;
  if (here.channel) {
    here.channel = rows.find(({ id }) => id === here.channel.id) ?? here.channel;
    left.show(rows, { channel: here.channel.id });
  }
  const unread = rows.reduce((sum, row) => sum + (row.id === here.channel?.id ? 0 : (row.unread ?? 0)), 0);
  document.title = unread ? `(${unread}) Rhythm sandbox` : "Rhythm sandbox";
});

const talk = newest(async (current) => {
  if (here.tab !== "messages") return;
  const { id } = here.channel;
  const { messages } = await api.messages(world.me, id);
  if (!current() || id !== here.channel.id) return;
  middle.showMessages(messages.filter(({ ts, is_ephemeral: whisper }) => !whisper || !dismissed.has(ts)));
  if (document.visibilityState === "visible" && rows.find((row) => row.id === id)?.unread) {
    await api.markRead(world.me, id);
    await side();
  }
});

const replies = newest(async (current) => {
  const { thread: ts } = here;
  if (!ts) return;
  const { messages } = await api.messages(world.me, here.channel.id, ts);
  if (current() && ts === here.thread) right.show(messages);
});

const forms = newest(async (current) => {
  const { views } = await api.views(world.me);
  if (current()) showViews(views, { refetch: everything, channel: () => here.channel?.id });
});

const homeView = newest(async (current) => {
  if (here.tab !== "home") return;
  const { view } = await api.home(world.me);
  if (current()) middle.showHome(view);
});

const sheet = newest(async (current) => {
  if (here.tab !== "canvas") return;
  const { id } = here.channel;
  const { canvas } = await api.canvas(world.me, id);
  if (current() && id === here.channel.id) middle.showCanvas(canvas);
});

const people = guarded(async () => {
  world.learn(await api.state());
  top.refresh();
});

async function everything() {
  if (!here.channel) return;
  await Promise.all([forms(), talk(), replies(), homeView(), sheet()]);
  await side();
}

async function fetchKinds(kinds) {
  const has = (...names) => names.some((name) => kinds.has(name));
  if (!here.channel) return;
  if (has("clock", "user")) await people();
  await Promise.all([
    has("view") && forms(),
    has("home") && homeView(),
    has("message", "clock", "user", "canvas") && side(),
    has("user", "canvas") && sheet(),
    has("here", "clock", "user") && talk(),
    has("here", "clock", "user") && replies(),
  ]);
  if (has("user", "canvas")) middle.at(here.channel, here.tab);
}

const hinted = gathering(fetchKinds, (channel) => channel === here.channel?.id);

// What people do

async function send(text) {
  const { id } = here.channel;
  if (text.startsWith("/") && !text.startsWith("//")) await api.command(world.me, id, text);
  else await api.message(world.me, id, text);
  await everything();
}

async function runShortcut(shortcut, ts) {
  await act(() => api.shortcut({ user: world.me, callback_id: shortcut.callback_id, channel: here.channel.id, ts }));
  await everything();
}

const shortcutsOf = (type) => {
  return (offers.shortcuts ?? []).filter((each) => each.type === type);
};

async function canvasChanged() {
  await Promise.all([side(), sheet()]);
  middle.at(here.channel, here.tab);
}

const does = {
  send,
  sendReply: async (text) => {
    await api.message(world.me, here.channel.id, text, here.thread);
    await everything();
  },
  refetch: everything,
  runShortcut,
  openThread: (ts) => go({ thread: ts }),
  closeThread: () => go({ thread: null }),
  tab: (tab) => go({ tab }),
  commands: () => offers.commands ?? [],
  globalShortcuts: () => shortcutsOf("global"),
  messageShortcuts: () => shortcutsOf("message"),
  writeCanvas: async (content) => {
    await api.writeCanvas(world.me, here.channel.id, content);
    await canvasChanged();
  },
  deleteCanvas: async () => {
    await act(() => api.deleteCanvas(world.me, here.channel.id));
    await canvasChanged();
  },
  join: async () => {
    await act(() => api.join(world.me, here.channel.id));
    await side();
    await arrive();
  },
  dismiss: (ts) => { dismissed.add(ts); talk(); },
  toggleSidebar: () => app.classList.toggle("sidebar-open"),
};

const left = sidebar(column("sidebar"), go);
const middle = conversation(column("conversation"), does);
const right = thread(column("thread"), does);
const top = clockBar(column("clock"), async () => { await people(); await everything(); });

async function start() {
  column("skip").addEventListener("click", (event) => { event.preventDefault(); column("conversation").focus(); });
  const commands = act(() => api.commands());
  await people();
  if (!world.users.size) return;
  offers = (await commands) ?? offers;
  offers.commands = (offers.commands ?? []).map((each) => ({ ...each, name: each.name ?? each.command }));
  await arrive();
  window.addEventListener("hashchange", () => act(arrive));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && everything());
  setInterval(() => left.tick(), 1000);
  document.body.dataset.ready = "true";
}

act(start);

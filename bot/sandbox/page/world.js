// What every part of the page reads: the people, the channels, who is looking, and the sandbox's time.

let shownMs = Date.now();
let shownAt = performance.now();

export const world = {
  users: new Map(),
  channels: new Map(),
  team: {},
  bot: {},
  me: "",
  /** The rows of the sidebar: what this person may see. */
  conversations: [],

  /** Takes in GET /_sandbox/state. */
  learn(state) {
    this.users = new Map((state.users ?? []).map((user) => [user.id, user]));
    this.channels = new Map((state.channels ?? []).map((channel) => [channel.id, channel]));
    this.team = state.team ?? {};
    this.bot = state.bot ?? {};
    this.setNow(state.now);
  },

  setNow(iso) {
    const ms = Date.parse(iso);
    if (Number.isNaN(ms)) return;
    shownMs = ms;
    shownAt = performance.now();
  },

  /** The sandbox's now, in milliseconds, ticking. */
  now: () => shownMs + (performance.now() - shownAt),

  /** The zone of the person who looks. */
  get zone() {
    return this.users.get(this.me)?.tz ?? "UTC";
  },

  get botId() {
    return this.bot.user_id ?? this.bot.id ?? [...this.users.values()].find((user) => user.is_bot)?.id ?? "";
  },

  /** People who can sit at the keyboard: no bots, nobody who left. */
  persons() {
    return [...this.users.values()]
      .filter((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT")
      .sort((one, other) => this.name(one.id).localeCompare(this.name(other.id)));
  },

  /** Someone's name as people read it. */
  name(id) {
    const user = this.users.get(id);
    if (!user) return id === this.botId ? "Rhythm" : (id ?? "Someone");
    return user.real_name || user.profile?.display_name || user.profile?.real_name || user.name || id;
  },

  /** A channel's name, without the hash; null when this person does not know it. */
  channelName(id) {
    return this.channels.get(id)?.name ?? null;
  },
};

/** Two letters and a steady colour number for someone's avatar. */
export function avatarOf(id) {
  const words = world.name(id).replace(/[^\p{L}\p{N}\s]/gu, " ").trim().split(/\s+/);
  const letters = (words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "");
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return { letters: letters.toUpperCase(), tone: sum % 8 };
}

// Instants are milliseconds; every text is in the zone of the person who reads it.

const LOCALE = "en-GB";
const formats = new Map();

/** The zone when the browser knows it, else UTC. */
export function knownZone(zone) {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: zone });
    return zone || "UTC";
  } catch {
    return "UTC";
  }
}

/** `ms` written with Intl options in a zone. */
export function written(ms, zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: knownZone(zone) }));
  return formats.get(key).format(ms);
}

/** Slack's `ts` (seconds with six decimals) as milliseconds. */
export const tsToMs = (ts) => Math.round(Number.parseFloat(ts) * 1000);

export const timeText = (ms, zone) => written(ms, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The calendar day of `ms` in a zone, as YYYY-MM-DD. */
export function dayKey(ms, zone) {
  const key = `parts${zone}`;
  if (!formats.has(key))
    formats.set(
      key,
      new Intl.DateTimeFormat(
        "en-CA",
        { timeZone: knownZone(zone), year: "numeric", month: "2-digit", day: "2-digit" },
      ),
    );
  return formats.get(key).format(ms);
}

const DAY = 86_400_000;

/** "Today", "Yesterday", "Tomorrow", else null. */
function nearDay(ms, zone, nowMs) {
  const days = (Date.parse(dayKey(ms, zone)) - Date.parse(dayKey(nowMs, zone))) / DAY;
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days] ?? null;
}

/** A day divider: "Today", "Yesterday", or the date in words. */
export function dayText(ms, zone, nowMs) {
  const options = { weekday: "long", day: "numeric", month: "long" };
  if (dayKey(ms, zone).slice(0, 4) !== dayKey(nowMs, zone).slice(0, 4)) options.year = "numeric";
  return nearDay(ms, zone, nowMs) ?? written(ms, zone, options);
}

/** Date and time in full, with the zone's short name. */
export const fullText = (ms, zone) =>
  written(
    ms,
    zone,
    {
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    },
  );

/** How long ago, in the largest fitting unit. */
export function agoText(ms, nowMs) {
  const seconds = Math.round((ms - nowMs) / 1000);
  const [unit, size] = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ].find(
    ([, span]) => Math.abs(seconds) >= span,
  ) ?? ["second", 1];
  if (Math.abs(seconds) < 5) return "just now";
  return new Intl.RelativeTimeFormat("en").format(Math.trunc(seconds / size), unit);
}

/** How far the zone is ahead of UTC at `ms`, in milliseconds. */
function offset(ms, zone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: knownZone(zone), hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric",
      minute: "numeric", second: "numeric",
    }).formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(
    parts.year,
    parts.month - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
  ) - Math.floor(ms / 1000) * 1000;
}

/**
 * The instant of a wall time "YYYY-MM-DDTHH:MM" in a zone: the first of two, and where a clock change skips it, as much
 * later.
 */
export function instant(wall, zone) {
  const naive = Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`);
  const [before, after] = [naive - DAY, naive + DAY].map((near) => naive - offset(near, zone));
  return [before, after].sort((one, other) => one - other).find((ms) => ms + offset(ms, zone) === naive) ?? before;
}

/** The wall time of `ms` in a zone, as a datetime-local field wants it. */
export const wallTime = (ms, zone) => new Date(ms + offset(ms, zone)).toISOString().slice(0, 16);

/** 09:00 in the zone, `days` after the day of `ms`. */
export function nineOClock(ms, zone, days) {
  const day = new Date(Date.parse(dayKey(ms, zone)) + days * DAY).toISOString().slice(0, 10);
  return instant(`${day}T09:00`, zone);
}

/** The next Monday 09:00 in the zone that is still ahead of `ms`. */
export function nextMonday(ms, zone) {
  const weekday = new Date(Date.parse(dayKey(ms, zone))).getUTCDay();
  const today = nineOClock(ms, zone, 0);
  if (weekday === 1 && today > ms) return today;
  return nineOClock(ms, zone, (8 - weekday) % 7 || 7);
}

const DATE_TOKENS = {
  date_num: (ms, zone) => dayKey(ms, zone),
  date: (ms, zone) => written(ms, zone, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (ms, zone) => written(ms, zone, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (ms, zone) => written(ms, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: timeText,
  time_secs: (ms, zone) => written(
    ms,
    zone,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  ),
  ago: (ms, _zone, nowMs) => agoText(ms, nowMs),
  day_divider_pretty: dayText,
};

/** Slack's date format string with its {tokens} written out; the _pretty ones say Today, Yesterday, Tomorrow. */
export const dateTokens = (format, ms, zone, nowMs) =>
  format.replace(/\{(\w+)\}/g, (whole, name) => {
    const plain = name.replace(/_pretty$/, "");
    const write = DATE_TOKENS[name] ?? DATE_TOKENS[plain];
    if (!write) return whole;
    return (name !== plain && name !== "day_divider_pretty" && nearDay(ms, zone, nowMs)?.toLowerCase()) || write(ms, zone, nowMs);
  });

// The shortcodes Rhythm and its people are likely to use; an unknown one stays as typed.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", tada: "🎉", eyes: "👀", wave: "👋", pray: "🙏", clap: "👏",
  raised_hands: "🙌",
  fire: "🔥", rocket: "🚀", star: "⭐", sparkles: "✨", heart: "❤️", warning: "⚠️", rotating_light: "🚨", no_entry: "⛔",
  x: "❌", o: "⭕",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", question: "❓", exclamation: "❗",
  bulb: "💡", dart: "🎯",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", calendar: "📅",
  spiral_calendar_pad: "🗓️", date: "📅",
  alarm_clock: "⏰", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", memo: "📝", pencil: "📝", pencil2: "✏️",
  clipboard: "📋", pushpin: "📌",
  link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", bell: "🔔", no_bell: "🔕", mag: "🔍", speech_balloon: "💬",
  thought_balloon: "💭", envelope: "✉️",
  construction: "🚧", wrench: "🔧", hammer: "🔨", gear: "⚙️", books: "📚", book: "📖", bookmark: "🔖", seedling: "🌱",
  zzz: "💤", palm_tree: "🌴",
  coffee: "☕", bug: "🐛", balance_scale: "⚖️", scales: "⚖️", compass: "🧭", round_pushpin: "📍", checkered_flag: "🏁",
  triangular_flag_on_post: "🚩",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", large_blue_circle: "🔵",
  white_circle: "⚪", black_circle: "⚫",
  large_green_square: "🟩", large_yellow_square: "🟨", large_red_square: "🟥", white_large_square: "⬜",
  black_large_square: "⬛",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️", arrow_upper_right: "↗️",
  arrow_lower_right: "↘️", repeat: "🔁", arrows_counterclockwise: "🔄",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", neutral_face: "😐", sweat_smile: "😅", joy: "😂", sob: "😭",
  muscle: "💪", point_right: "👉",
  handshake: "🤝", busts_in_silhouette: "👥", bust_in_silhouette: "👤", house: "🏠", runner: "🏃", snail: "🐌", turtle: "🐢",
  mountain: "⛰️", trophy: "🏆", crystal_ball: "🔮",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", information_source: "ℹ️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", pause_button: "⏸️", arrow_forward: "▶️",
};

/** The sign of a shortcode, or null when it is not known here. */
export const emojiOf = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);

/** Text with its known :shortcodes: written as signs. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole);

// Everything a person can fill in. Each field is {node, group?, read(), write(value), onSettle(listener)}:
// values are plain (text, a chosen value, a list of values, seconds for a moment), as POST /_sandbox/submit takes them.
import { combobox } from "./combobox.js";
import { el, freshId } from "./dom.js";
import { plainText, textObject } from "./mrkdwn.js";
import { instant, knownZone, wallTime } from "./time.js";
import { world } from "./world.js";

/**
 * A field for a Block Kit element, or null when it is no field. `surface` answers external options; `optional` allows
 * an empty choice.
 */
export function field(element, surface, { optional = true, blockId } = {}) {
  const build = FIELDS[element.type];
  return build ? build(element, { surface, optional, blockId }) : null;
}

const hooks = (element) => ({ "data-action-id": element.action_id });

function native(node, initial = "", settle = "change") {
  node.value = initial ?? "";
  return {
    node,
    read: () => node.value || null,
    write: (value) => { node.value = value ?? ""; },
    onSettle: (listener) => node.addEventListener(settle, () => listener()),
  };
}

// Text

const text = (attributes) => (element) =>
  native(el(element.multiline ? "textarea" : "input", {
    ...hooks(element), ...(element.multiline ? { rows: 4 } : attributes), class: "text-field",
    placeholder: plainText(element.placeholder), autocomplete: "off",
    dir: element.type === "plain_text_input" ? "auto" : null,
  }), element.initial_value ?? "");

const flatText = (rich) =>
  (rich?.elements ?? []).map((part) => (part.elements ?? []).map((piece) => piece.text ?? piece.url ?? "").join("")).join("\n");

function richTextInput(element) {
  const flat = flatText(element.initial_value);
  const node = el(
    "textarea",
    {
      ...hooks(element),
      rows: element.min_lines ?? 4,
      class: "text-field",
      placeholder: plainText(element.placeholder),
    },
  );
  return {
    ...native(node, flat),
    write: (value) => { node.value = typeof value === "string" ? value : flatText(value); },
  };
}

// Moments

const date = (element) => native(
  el("input", { ...hooks(element), type: "date", class: "text-field narrow" }),
  element.initial_date,
);

function time(element) {
  const zone = element.timezone;
  const input = native(
    el("input", { ...hooks(element), type: "time", class: "text-field narrow" }),
    element.initial_time,
  );
  return zone ? { ...input, note: `Time zone: ${zone}` } : input;
}

function moment(element) {
  const node = el("input", { ...hooks(element), type: "datetime-local", class: "text-field narrow" });
  const input = native(node);
  const write = (seconds) => { node.value = seconds ? wallTime(seconds * 1000, world.zone) : ""; };
  write(element.initial_date_time);
  return {
    ...input,
    write,
    read: () => (node.value ? Math.round(instant(node.value, world.zone) / 1000) : null),
    note: `In your time zone, ${knownZone(world.zone)}`,
  };
}

// One of several

const option = (value, label, extra = {}) => el("option", { value, ...extra }, label);
const describe = (each) => plainText(each.text) + (each.description ? ` — ${plainText(each.description)}` : "");
const groups = (element) => element.option_groups ?? [{ options: element.options ?? [] }];

function select(element, choices, initial, { optional }) {
  const placeholder = plainText(element.placeholder) || (optional ? "None" : "Choose one");
  const node = el("select", { ...hooks(element), class: "select-field" }, option("", placeholder), choices);
  const input = native(node, initial);
  const write = (value) => {
    if (value && ![...node.options].some((each) => each.value === value)) node.append(option(value, world.name(value)));
    node.value = value ?? "";
  };
  write(initial);
  return { ...input, write };
}

const staticSelect = (element, about) =>
  select(element, groups(element).map((group) => {
    const options = group.options.map((each) => option(each.value, describe(each)));
    return group.label ? el("optgroup", { label: plainText(group.label) }, options) : options;
  }), element.initial_option?.value, about);

const byName = (one, other) => world.name(one.id).localeCompare(world.name(other.id));
const people = () => [...world.users.values()].filter((user) => !user.deleted).sort(byName);
const personChoices = () => people().map((user) => ({
  value: user.id,
  label: world.name(user.id) + (user.is_bot ? " (app)" : ""),
}));
const channelChoices = (wanted) =>
  (world.conversations.length ? world.conversations : [...world.channels.values()])
    .filter((channel) => !channel.is_archived && wanted.includes(channel.is_im ? "im" : channel.is_private ? "private" : "public"))
    .map((channel) => ({ value: channel.id, label: channel.is_im ? world.name(channel.user) : `#${channel.name}` }));

const choicesFor = {
  users: () => personChoices(),
  channels: () => channelChoices(["public"]),
  conversations: (element) => channelChoices(element.filter?.include ?? ["public", "private", "im"]),
};
const asOptions = (choices) => choices.map(({ value, label }) => option(value, label));

const userSelect = (element, about) => select(element, asOptions(choicesFor.users()), element.initial_user, about);
const channelSelect = (element, about) => select(
  element,
  asOptions(choicesFor.channels()),
  element.initial_channel,
  about,
);
const conversationSelect = (element, about) =>
  select(element, asOptions(choicesFor.conversations(element)),
    element.initial_conversation ?? (element.default_to_current_conversation ? about.surface.channel?.() : undefined), about);

// Several of several, and choices laid open

function choices(element, type, list, initial) {
  const name = freshId("choice");
  const boxes = list.map(({ value, label, nodes, detail }) => {
    const id = freshId("option");
    const box = el(
      "input",
      { type, name, id, value, checked: initial.includes(value), "data-action-id": element.action_id },
    );
    return {
      box,
      row: el(
        "div",
        { class: "choice" },
        box,
        el("label", { for: id }, nodes ?? label, detail?.length ? el("small", {}, detail) : null),
      ),
    };
  });
  const checked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  return {
    node: el("div", { class: "choices", "data-action-group": element.action_id }, boxes.map(({ row }) => row)),
    rows: boxes,
    group: type === "radio" ? "radiogroup" : "group",
    read: () => (type === "radio" ? (checked()[0] ?? null) : checked()),
    write: (value) => boxes.forEach(({ box }) => { box.checked = [value ?? []].flat().includes(box.value); }),
    onSettle: (listener) => boxes.forEach(({ box }) => box.addEventListener("change", () => listener())),
  };
}

const open = (element) => (element.options ?? []).map((each) => ({
  value: each.value,
  nodes: textObject(each.text),
  detail: textObject(each.description),
}));
const values = (options) => (options ?? []).map(({ value }) => value);

/** A checklist in a scrolling box, with a filter once it is long. */
function checklist(element, list, initial) {
  const input = choices(element, "checkbox", list, initial ?? []);
  input.node.classList.add("checklist");
  if (list.length <= 8) return input;
  const filter = el(
    "input",
    {
      type: "search",
      class: "text-field",
      placeholder: plainText(element.placeholder) || "Filter",
      "aria-label": "Filter the options",
    },
  );
  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase();
    input.rows.forEach(({ row, box }) => { row.hidden = !box.checked && !row.textContent.toLowerCase().includes(wanted); });
  });
  return { ...input, node: el("div", {}, filter, input.node) };
}

const multiStatic = (element) =>
  checklist(
    element,
    groups(element).flatMap((group) => group.options.map((each) => ({
      value: each.value,
      label: describe(each),
      detail: group.label ? [plainText(group.label)] : [],
    }))),
    values(element.initial_options),
  );

const FIELDS = {
  plain_text_input: text({ type: "text" }),
  number_input: text({ type: "text", inputmode: "decimal" }),
  email_text_input: text({ type: "email" }),
  url_text_input: text({ type: "url" }),
  rich_text_input: richTextInput,
  datepicker: date,
  timepicker: time,
  datetimepicker: moment,
  static_select: staticSelect,
  external_select: (element, about) => combobox(element, { ...about, many: false }),
  users_select: userSelect,
  channels_select: channelSelect,
  conversations_select: conversationSelect,
  multi_static_select: multiStatic,
  multi_external_select: (element, about) => combobox(element, { ...about, many: true }),
  multi_users_select: (element) => checklist(element, choicesFor.users(), element.initial_users),
  multi_channels_select: (element) => checklist(element, choicesFor.channels(), element.initial_channels),
  multi_conversations_select: (element) => checklist(
    element,
    choicesFor.conversations(element),
    element.initial_conversations,
  ),
  checkboxes: (element) => choices(element, "checkbox", open(element), values(element.initial_options)),
  radio_buttons: (element) => choices(
    element,
    "radio",
    open(element),
    values([element.initial_option].filter(Boolean)),
  ),
};

/** Slack's state of one element as the plain value a field reads and writes; undefined when it says nothing. */
export function plainValue(state) {
  if (!state) return undefined;
  const one = [
    "value",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_channel",
    "selected_conversation",
    "rich_text_value",
  ];
  const several = ["selected_users", "selected_channels", "selected_conversations"];
  if (state.selected_options) return values(state.selected_options);
  if (state.selected_option) return state.selected_option.value;
  const name = [...one, ...several].find((key) => state[key] !== undefined && state[key] !== null);
  return name ? state[name] : undefined;
}

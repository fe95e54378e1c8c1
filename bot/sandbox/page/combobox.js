// A select whose options the app answers while one types (external_select, multi_external_select).
import { el, freshId, settled } from "./dom.js";
import { plainText } from "./mrkdwn.js";

/** A field in the form fields.js describes. */
export function combobox(element, { surface, blockId, many }) {
  const listId = freshId("options");
  const least = element.min_query_length ?? 3;
  const input = el("input", {
    type: "text", role: "combobox", class: "text-field", autocomplete: "off", "data-action-id": element.action_id,
    "aria-autocomplete": "list",
    "aria-controls": listId, "aria-expanded": "false", placeholder: plainText(element.placeholder) || "Type to search",
  });
  const list = el("ul", { role: "listbox", id: listId, class: "combobox-list", hidden: true });
  const chips = el("div", { class: "chips" });
  const listeners = [];
  let chosen = [element.initial_options ?? element.initial_option ?? []].flat();
  let offered = [];
  let at = -1;

  const settle = () => listeners.forEach((listener) => listener());
  const label = (option) => plainText(option.text) || option.value;

  function show() {
    chips.replaceChildren(...(many ? chosen.map(chip) : []));
    if (!many) input.value = chosen[0] ? label(chosen[0]) : "";
  }

  const chip = (option) =>
    el("span", { class: "chip" }, label(option), el("button", {
      type: "button", class: "chip-remove", "aria-label": `Remove ${label(option)}`,
      on: { click: () => { chosen = chosen.filter((each) => each !== option); show(); settle(); } },
    }, "×"));

  function choose(option) {
    chosen = many ? [...chosen.filter(({ value }) => value !== option.value), option] : [option];
    input.value = "";
    close();
    show();
    settle();
  }

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function offer(note) {
    list.replaceChildren(...offered.map((option, index) =>
      el("li", {
        role: "option",
        id: `${listId}-${index}`,
        "data-value": option.value,
        "aria-selected": String(index === at),
        on: { mousedown: (event) => { event.preventDefault(); choose(option); } },
      },
        label(option), option.description && el("small", {}, plainText(option.description)))),
    ...(note ? [el("li", { class: "combobox-note", role: "presentation" }, note)] : []));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (at >= 0) input.setAttribute("aria-activedescendant", `${listId}-${at}`);
  }

  const look = settled(async () => {
    const query = input.value.trim();
    if (query.length < least) return;
    try {
      const answer = await surface.options({ action_id: element.action_id, block_id: blockId, query });
      if (query !== input.value.trim()) return;
      offered = answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
      at = offered.length ? 0 : -1;
      offer(offered.length ? null : "Nothing found");
    } catch (error) {
      offered = [];
      offer(error.message);
    }
  }, 200);

  input.addEventListener("input", () => {
    if (!many) chosen = [];
    if (input.value.trim().length >= least) look();
    else close();
  });
  input.addEventListener("focus", () => least === 0 && look());
  input.addEventListener("blur", () => { close(); if (!many) show(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    if (event.key === "Enter") { event.preventDefault(); if (!list.hidden && offered[at]) choose(offered[at]); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !offered.length) return;
    event.preventDefault();
    at = (at + step + offered.length) % offered.length;
    offer();
  });

  show();
  return {
    node: el("div", { class: "combobox" }, chips, input, list),
    focusable: input,
    read: () => (many ? chosen.map(({ value }) => value) : (chosen[0]?.value ?? null)),
    write: (value) => {
      const known = [...chosen, ...offered];
      chosen = [value ?? []].flat().map((each) => known.find((option) => option.value === each) ?? { value: each, text: each });
      show();
    },
    options: () => chosen,
    adopt: (options) => { chosen = options; show(); },
    onSettle: (listener) => listeners.push(listener),
  };
}

// Where one writes: Enter sends, Shift+Enter breaks the line, nothing typed is lost when sending fails.
import { completion } from "./completion.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./layers.js";

/**
 * A composer. `send(text)` may reject with a sentence; `commands()` lists slash commands (only offered when `slash`);
 * `before` are controls shown on its left.
 */
export function composer({ testid, sendId, send, commands = () => [], slash = false, before = [] }) {
  const id = freshId("composer");
  const drafts = new Map();
  let place = "";
  const label = el("label", { class: "hidden-visually", for: id });
  const area = el(
    "textarea",
    {
      id,
      rows: 1,
      class: "composer-text",
      "data-testid": testid,
      autocomplete: "off",
      dir: "auto",
      spellcheck: "true",
    },
  );
  const hint = el("p", { class: "composer-hint", "aria-live": "polite" });
  const button = el(
    "button",
    { type: "button", class: "send", "data-testid": sendId, on: { click: () => submit() } },
    icon("send"),
    el("span", {}, "Send"),
  );

  function changed() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
    button.disabled = !area.value.trim();
    const command = slash && commands().find(({ name }) => area.value === name || area.value.startsWith(`${name} `));
    hint.replaceChildren(...(command ? [
      el("code", {}, `${command.name} ${command.usage_hint ?? ""}`),
      ` ${command.description ?? ""}`,
    ] : []));
  }

  const suggestions = completion(area, { commands, slash }, changed);

  async function submit() {
    const text = area.value.trim();
    if (!text) return;
    const from = place;
    area.value = "";
    suggestions.close();
    changed();
    try {
      await send(text);
    } catch (error) {
      restore(from, text);
      notice(error.message);
    }
  }

  function restore(from, text) {
    if (from !== place) drafts.set(from, text);
    else if (!area.value) area.value = text;
    changed();
  }

  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => {
    if (suggestions.keydown(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });

  changed();
  return {
    node: el(
      "div",
      { class: "composer" },
      suggestions.list,
      el("div", { class: "composer-box" }, label, area, el("div", { class: "composer-bar" }, before, hint, button)),
    ),
    focus: () => area.focus(),
    /** Moves to another place to write in; its own draft comes back. */
    at(key, words) {
      label.textContent = words;
      area.placeholder = words;
      if (key === place) return;
      if (area.value) drafts.set(place, area.value);
      else drafts.delete(place);
      place = key;
      area.value = drafts.get(key) ?? "";
      changed();
    },
  };
}

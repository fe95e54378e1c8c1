// Completion while one types: /commands at the start, @people and #channels anywhere.
import { avatar } from "./avatar.js";
import { el, freshId } from "./dom.js";
import { world } from "./world.js";

const MOST = 8;

/** The word at the caret that could be completed: {sign, word, from}, or null. */
export function wordAtCaret(text, caret) {
  const slash = /^\/(\S*)$/.exec(text.slice(0, caret));
  if (slash) return { sign: "/", word: slash[1].toLowerCase(), from: 0 };
  const found = /(^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret));
  return found ? { sign: found[2], word: found[3].toLowerCase(), from: caret - found[3].length - 1 } : null;
}

const starts = (word, text) => [text, ...text.split(/[\s._-]+/)].some((piece) => piece.toLowerCase().startsWith(word));
const matching = (word, ...texts) => texts.some((text) => text && starts(word, text));

const OFFERS = {
  "/": (word, { commands, slash }) => slash
    ? commands().filter(({ name }) => name.slice(1).startsWith(word)).map(({
      name,
      usage_hint: hint,
      description,
    }) => ({
      insert: `${name} `,
      title: name,
      hint,
      detail: description,
      exact: name.slice(1) === word,
    }))
    : [],
  "@": (word) => [...world.users.values()].filter((user) => !user.deleted && matching(
    word,
    user.name,
    world.name(user.id),
  ))
    .map((user) => ({
      insert: `@${user.name} `,
      title: world.name(user.id),
      hint: `@${user.name}`,
      detail: user.profile?.title,
      avatar: user.id,
      exact: false,
    })),
  "#": (word) => world.conversations.filter((channel) => !channel.is_im && matching(word, channel.name))
    .map((channel) => ({
      insert: `#${channel.name} `,
      title: `#${channel.name}`,
      detail: channel.is_private ? "Private" : "",
      exact: false,
    })),
};

/** Attaches completion to a textarea; `keydown` answers true when it used the key. */
export function completion(area, sources, onChange) {
  const id = freshId("completion");
  const list = el(
    "ul",
    {
      class: "completion",
      role: "listbox",
      id,
      hidden: true,
      "aria-label": "Suggestions",
      "data-testid": "completion",
    },
  );
  let offers = [];
  let at = 0;
  let target = null;
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", id);

  function refresh() {
    target = wordAtCaret(area.value, area.selectionStart ?? area.value.length);
    offers = target ? OFFERS[target.sign](target.word, sources).slice(0, MOST) : [];
    at = 0;
    draw();
  }

  function draw() {
    list.hidden = !offers.length;
    list.replaceChildren(...offers.map((offer, index) =>
      el("li", {
        role: "option",
        id: `${id}-${index}`,
        "aria-selected": String(index === at),
        on: { mousedown: (event) => { event.preventDefault(); take(index); } },
      },
        offer.avatar && avatar(offer.avatar), el(
          "span",
          { class: "offer-title" },
          offer.title,
        ), offer.hint && el("code", { class: "offer-hint" }, offer.hint), offer.detail && el(
          "span",
          { class: "offer-detail" },
          offer.detail,
        ))));
    if (offers.length) area.setAttribute("aria-activedescendant", `${id}-${at}`);
    else area.removeAttribute("aria-activedescendant");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const { insert } = offers[index];
    const caret = area.selectionStart;
    area.setRangeText(insert, target.from, caret, "end");
    close();
    area.focus();
    onChange();
  }

  function close() {
    offers = [];
    draw();
  }

  function keydown(event) {
    if (!offers.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + offers.length) % offers.length;
      draw();
    } else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !offers[at].exact)) take(at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  area.addEventListener("input", refresh);
  area.addEventListener("click", refresh);
  area.addEventListener("blur", close);
  return { list, keydown, close };
}

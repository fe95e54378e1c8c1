// What lies over the page: menus, dialogs with a focus trap, and short notices.
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, textObject } from "./mrkdwn.js";

const ground = () => document.getElementById("layers");
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

const within = (node) => [...node.querySelectorAll(FOCUSABLE)].filter((each) => each.offsetParent !== null || each === document.activeElement);

/** Keeps Tab inside `node` and calls `onEscape` for Escape. */
export function trap(node, onEscape) {
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    }
    if (event.key !== "Tab") return;
    const stops = within(node);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && node.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  });
}

/** Says something went wrong, in one sentence that stays until dismissed or for ten seconds. */
export function notice(text) {
  const toast = el("div", { class: "toast" }, icon("warning"), el("p", {}, text),
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: () => toast.remove() } },
      icon("close"),
    ));
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), 10_000);
}

let openMenu = null;

/**
 * Opens a menu under `anchor`. Items: {label, note?, detail?, avatar?, current?, data?, run}, or {heading}.
 * Arrow keys move, letters jump, Escape and a click outside close it.
 */
export function menu(anchor, items, { label, wide = false } = {}) {
  openMenu?.();
  const node = el(
    "div",
    { class: wide ? "menu menu-wide" : "menu", role: "menu", "aria-label": label, id: freshId("menu") },
    items.map(menuItem),
  );
  ground().append(node);
  place(node, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const outside = (event) => !node.contains(event.target) && !anchor.contains(event.target) && shut();
  const shut = (refocus = false) => {
    node.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", shut);
    openMenu = null;
    if (refocus) anchor.focus();
  };
  openMenu = shut;
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", shut);
  node.addEventListener("click", (event) => event.target.closest("[role^=menuitem]") && shut(true), true);
  node.addEventListener("keydown", (event) => steer(event, node, shut));
  (node.querySelector('[aria-checked="true"]') ?? node.querySelector("button"))?.focus();
}

function menuItem(item) {
  if (item.heading) return el("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const checkable = item.current !== undefined;
  return el("button", {
    type: "button", class: "menu-item", role: checkable ? "menuitemradio" : "menuitem",
    "aria-checked": checkable ? String(item.current) : null,
    data: item.data, tabindex: "-1", on: { click: item.run },
  }, item.avatar, el(
    "span",
    { class: "menu-words" },
    el("span", {}, item.label),
    item.detail && el("small", {}, item.detail),
  ), item.note && el("span", { class: "menu-note" }, item.note));
}

function steer(event, node, shut) {
  const items = [...node.querySelectorAll(".menu-item")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    shut(true);
  } else if (event.key.length === 1 && event.key !== " ") {
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const letter = event.key.toLowerCase();
    after.find((item) => item.querySelector(".menu-words").textContent.toLowerCase().startsWith(letter))?.focus();
  }
}

function place(node, anchor) {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = from.bottom + 6;
  node.style.left = `${Math.max(8, Math.min(from.left, window.innerWidth - width - 8))}px`;
  node.style.top = `${below + height > window.innerHeight - 8 ? Math.max(8, from.top - height - 6) : below}px`;
}

/** Asks before an action, with Slack's confirm object. Resolves to true only when agreed. */
export function confirmed(words) {
  if (!words) return Promise.resolve(true);
  const before = document.activeElement;
  return new Promise((resolve) => {
    const title = freshId("title");
    const answer = (yes) => {
      veil.remove();
      before?.focus?.();
      resolve(yes);
    };
    const yes = el(
      "button",
      {
        type: "button",
        class: words.style === "danger" ? "button danger" : "button primary",
        "data-testid": "confirm-yes",
        on: { click: () => answer(true) },
      },
      plainText(words.confirm) || "Yes",
    );
    const box = el("div", {
      class: "dialog dialog-small",
      role: "alertdialog",
      "aria-modal": "true",
      "aria-labelledby": title,
      "data-testid": "confirm",
    },
      el("h2", { id: title, class: "dialog-title" }, plainText(words.title) || "Are you sure?"),
      el("div", { class: "dialog-body" }, textObject(words.text)),
      el("div", { class: "dialog-foot" },
        el(
          "button",
          { type: "button", class: "button", "data-testid": "confirm-no", on: { click: () => answer(false) } },
          plainText(words.deny) || "Cancel",
        ), yes));
    const veil = el("div", { class: "veil veil-top" }, box);
    trap(box, () => answer(false));
    ground().append(veil);
    yes.focus();
  });
}

// Interactive elements of section, actions, context_actions and card blocks: they click as soon as they are used.
import { el, link, safeUrl } from "./dom.js";
import { field, plainValue } from "./fields.js";
import { icon } from "./icons.js";
import { confirmed, menu, notice } from "./layers.js";
import { plainText } from "./mrkdwn.js";
import { world } from "./world.js";

/** The node of an element, or null when its type is unknown. `surface` is described in blocks.js. */
export function element(each, surface, blockId) {
  if (hiddenFrom(each)) return el("span", { hidden: true });
  if (CLICKABLE[each.type]) return CLICKABLE[each.type](each, surface, blockId);
  const input = field(each, surface, { blockId });
  return input ? acting(input, each, surface, blockId) : null;
}

const hiddenFrom = (each) => each.visible_to_user_ids?.length && !each.visible_to_user_ids.includes(world.me);

/** Sends the click after its confirm dialog; the control is busy until the app has answered. */
export async function clicked(node, each, surface, blockId, value) {
  if (!(await confirmed(each.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.click({ action_id: each.action_id, block_id: blockId, value });
  } catch (error) {
    notice(error.message);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}

function button(each, surface, blockId) {
  const words = plainText(each.text);
  const node = el("button", {
    type: "button", class: `button ${each.style ?? ""}`.trim(), "data-action-id": each.action_id,
    "data-value": each.value, "aria-label": each.accessibility_label,
  }, words);
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy")) return;
    if (safeUrl(each.url)) window.open(each.url, "_blank", "noopener,noreferrer");
    clicked(node, each, surface, blockId, each.value);
  });
  return node;
}

function overflow(each, surface, blockId) {
  const node = el("button", {
    type: "button", class: "icon-button bordered", "data-action-id": each.action_id, "aria-label": "More actions",
    "aria-haspopup": "menu", "aria-expanded": "false",
  }, icon("more"));
  node.addEventListener("click", () =>
    menu(node, (each.options ?? []).map((option) => ({
      label: plainText(option.text), detail: plainText(option.description), data: { value: option.value },
      run: () => {
        if (safeUrl(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
        clicked(node, each, surface, blockId, option.value);
      },
    })), { label: "More actions" }));
  return node;
}

function feedback(each, surface, blockId) {
  const one = (part, name) => {
    const node = el("button", {
      type: "button", class: "button small", "data-action-id": each.action_id, "data-value": part.value,
      "aria-label": part.accessibility_label, "aria-pressed": "false",
    }, icon(name), plainText(part.text));
    node.addEventListener("click", async () => {
      if (!(await clicked(node, each, surface, blockId, part.value))) return;
      for (const sibling of node.parentNode?.children ?? []) sibling.setAttribute(
        "aria-pressed",
        String(sibling === node),
      );
    });
    return node;
  };
  return el("span", { class: "feedback" }, one(each.positive_button, "up"), one(each.negative_button, "thumbsdown"));
}

function iconButton(each, surface, blockId) {
  const node = el("button", {
    type: "button", class: "icon-button bordered", "data-action-id": each.action_id,
    "aria-label": each.accessibility_label ?? plainText(each.text), title: plainText(each.text),
  }, icon(each.icon ?? "more"));
  node.addEventListener("click", () => clicked(node, each, surface, blockId, each.value));
  return node;
}

const CLICKABLE = {
  button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  workflow_button: (each) => el(
    "button",
    { type: "button", class: "button", disabled: true, title: "Workflows do not run in the sandbox" },
    plainText(each.text),
  ),
  image: (each) => picture(each),
  url_source: (each) => link(each.url, each.text),
};

/** An image with its alternative text; only http and https addresses are loaded. */
export const picture = (each, extra = "") =>
  el("img", { class: `picture ${extra}`.trim(), src: /^https?:/i.test(each.image_url ?? "") ? each.image_url : null, alt: each.alt_text ?? "", loading: "lazy", referrerpolicy: "no-referrer" });

/** A field that stands outside an input block: it clicks when changed, and falls back when the confirm is declined. */
function acting(input, each, surface, blockId) {
  const name = plainText(each.placeholder) || each.action_id || "Choose";
  label(input, name);
  register(surface, blockId, each.action_id, input);
  let before = input.read();
  input.onSettle(async () => {
    if (await clicked(input.node, each, surface, blockId, input.read())) before = input.read();
    else input.write(before);
  });
  return input.node;
}

function label(input, name) {
  const target = input.focusable ?? input.node;
  if (input.group) target.setAttribute("role", input.group);
  if (!target.hasAttribute("aria-label")) target.setAttribute("aria-label", name);
}

/** Keeps the field under its block and action, takes over what the server or the person had there. */
export function register(surface, blockId, actionId, input) {
  if (!surface.fields || !actionId) return;
  surface.fields.set(`${blockId} ${actionId}`, { blockId, actionId, ...input });
  const known = plainValue(surface.state?.values?.[blockId]?.[actionId]);
  if (known !== undefined) input.write(known);
}

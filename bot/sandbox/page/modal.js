// The stack of open views; the top one is shown. Its frame stays while its body is redrawn, so a press is never lost.
import { api } from "./api.js";
import { blocks, showError } from "./blocks.js";
import { carry } from "./carry.js";
import { el, freshId } from "./dom.js";
import { holding } from "./holding.js";
import { icon } from "./icons.js";
import { trap } from "./layers.js";
import { plainText } from "./mrkdwn.js";
import { world } from "./world.js";

let shown = null;
let before = null;

const same = (one, other) => JSON.stringify([one.blocks, one.title, one.submit, one.close]) === JSON.stringify([
  other.blocks,
  other.title,
  other.submit,
  other.close,
]);

/** Shows the stack as the server has it. `refetch` is called after each gesture; `channel` says where the person is. */
export function showViews(views, { refetch, channel }) {
  const top = views.at(-1);
  if (!top) return hide();
  const typed = new Map(shown ? [...shown.kept, [shown.view.id, shown.fields]] : []);
  if (shown && shown.view.id !== top.id) hide(false);
  if (!shown) open(top, { refetch, channel, kept: typed });
  else if (!same(shown.view, top)) redraw(top);
  shown.view = top;
  shown.depth = views.length;
  shown.foot.close.setAttribute("aria-label", views.length > 1 ? "Back to the form before" : "Close");
  errors(top.errors);
  return undefined;
}

/** Whether a form lies over the page. */
export const modalOpen = () => shown !== null;

function hide(refocus = true) {
  if (!shown) return;
  shown.veil.remove();
  shown = null;
  if (!refocus) return;
  if (before?.isConnected) before.focus();
  else document.querySelector('[data-testid="composer"]')?.focus();
  before = null;
}

function open(view, { refetch, channel, kept }) {
  before ??= document.activeElement;
  const titleId = freshId("title");
  const title = el("h2", { id: titleId, class: "dialog-title" });
  const body = el("div", { class: "dialog-body" });
  const trouble = el("p", { class: "dialog-trouble", role: "alert", hidden: true });
  const close = el(
    "button",
    { type: "button", class: "icon-button", "data-testid": "modal-x", on: { click: dismiss } },
    icon("close"),
  );
  const cancel = el(
    "button",
    { type: "button", class: "button", "data-testid": "modal-close", on: { click: dismiss } },
  );
  const submit = el("button", { type: "submit", class: "button primary", "data-testid": "modal-submit" });
  const form = el("form", {
    class: "dialog",
    role: "dialog",
    "aria-modal": "true",
    "aria-labelledby": titleId,
    "data-testid": "modal",
    "data-view-id": view.id,
    novalidate: true,
  },
    el("div", { class: "dialog-head" }, title, close), body, trouble, el(
      "div",
      { class: "dialog-foot" },
      cancel,
      submit,
    ));
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  const veil = el("div", { class: "veil" }, form);
  shown = {
    view,
    veil,
    form,
    title,
    body,
    trouble,
    foot: { close, cancel, submit },
    fields: new Map(),
    kept,
    refetch,
    channel,
    busy: false,
  };
  trap(form, dismiss);
  draw(view);
  const earlier = kept.get(view.id);
  if (earlier) for (const [key, each] of shown.fields) if (earlier.has(key)) each.write(earlier.get(key).read());
  document.getElementById("layers").append(veil);
  (body.querySelector("[data-focus-on-load]") ?? body.querySelector("input, select, textarea") ?? (view.submit ? submit : cancel)).focus();
}

function draw(view) {
  const { form, title, body, foot } = shown;
  shown.fields = new Map();
  title.textContent = plainText(view.title);
  foot.cancel.textContent = plainText(view.close) || "Cancel";
  foot.submit.textContent = plainText(view.submit) || "Submit";
  foot.submit.hidden = !view.submit && !view.blocks?.some(({ type }) => type === "input");
  form.dataset.viewId = view.id;
  form.dataset.callbackId = view.callback_id ?? "";
  body.replaceChildren(...blocks(view.blocks, surface(view)));
  shown.held = holding(view.id, () => shown?.fields ?? new Map());
}

function redraw(view) {
  const restore = carry(shown.body, shown.fields);
  draw(view);
  restore(shown.fields);
}

const surface = (view) => ({
  kind: "modal",
  fields: shown.fields,
  state: view.state,
  channel: shown.channel,
  click: async (gesture) => {
    const { refetch, held } = shown;
    await held.flush();
    await api.click({ user: world.me, view_id: view.id, ...gesture });
    await refetch();
  },
  options: (asked) => api.options({ user: world.me, view_id: view.id, ...asked }),
});

/** What is typed, as {block_id: {action_id: value}}; an emptied field is null or an empty list. */
function values() {
  const all = {};
  for (const { blockId, actionId, read } of shown.fields.values()) (all[blockId] ??= {})[actionId] = read();
  return all;
}

function errors(found = {}) {
  const blocksShown = [...shown.body.querySelectorAll(".block-input")];
  for (const node of blocksShown) showError(node, found?.[node.dataset.blockId]);
  const first = blocksShown.find((node) => found?.[node.dataset.blockId]);
  const serial = JSON.stringify(found ?? {});
  if (first && serial !== shown.errorsShown) first.querySelector("input, select, textarea")?.focus();
  shown.errorsShown = serial;
}

/** What Slack's own client checks before it sends a form. */
function refusals() {
  const found = {};
  for (const { block, read } of shown.fields.values()) {
    if (!block) continue;
    const value = read();
    const empty = value === null || value === "" || (Array.isArray(value) && !value.length);
    if (empty && !block.optional) found[block.block_id] = "Please complete this required field.";
    else if (!empty) found[block.block_id] = lengthRefusal(block.element, value) ?? found[block.block_id];
  }
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text));
}

function lengthRefusal({ type, max_length: most, min_length: least, ...element }, value) {
  if (type === "number_input") return numberRefusal(element, value.trim());
  if (type === "email_text_input" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return "Enter an email address.";
  if (type === "url_text_input" && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value)) return "Enter a web address, such as https://example.com.";
  if (typeof value !== "string") return null;
  if (most && value.length > most) return `Please shorten this by ${value.length - most} characters.`;
  if (least && value.length < least) return `Please write at least ${least} characters.`;
  return null;
}

function numberRefusal({ is_decimal_allowed: decimal, min_value: least, max_value: most }, value) {
  if (!(decimal ? /^-?(\d+\.?\d*|\.\d+)$/ : /^-?\d+$/).test(value)) return decimal ? "Enter a number, such as 42 or 3.5." : "Enter a whole number.";
  if (least !== undefined && Number(value) < Number(least)) return `Enter ${least} or more.`;
  if (most !== undefined && Number(value) > Number(most)) return `Enter ${most} or less.`;
  return null;
}

async function send() {
  const { view, refetch, foot } = shown;
  if (shown.busy || foot.submit.hidden) return;
  const refused = refusals();
  shown.errorsShown = null;
  errors(refused);
  if (Object.keys(refused).length) return;
  await during(foot.submit, "Saving…", async () => {
    const answer = await api.submit({ user: world.me, view_id: view.id, values: values() });
    await refetch();
    if (shown?.view.id === view.id && answer?.errors) errors(answer.errors);
  });
}

function dismiss() {
  const { view, refetch, foot } = shown;
  during(foot.cancel, foot.cancel.textContent, async () => {
    await api.close(world.me, view.id);
    await refetch();
  });
}

async function during(control, words, act) {
  const self = shown;
  if (self.busy) return;
  self.busy = true;
  self.trouble.hidden = true;
  self.form.setAttribute("aria-busy", "true");
  const text = control.textContent;
  control.textContent = words;
  try {
    await act();
  } catch (error) {
    self.trouble.textContent = error.message;
    self.trouble.hidden = false;
  } finally {
    self.busy = false;
    self.form.removeAttribute("aria-busy");
    if (control.textContent === words) control.textContent = text;
  }
}

// Every kind of block as nodes. A surface is what the blocks stand on:
// {kind: "message" | "modal" | "home", click({action_id, block_id, value}), options({action_id, block_id, query}),
// channel(), fields?, state?}.
import { chart } from "./charts.js";
import { el, freshId, link } from "./dom.js";
import { clicked, element, picture, register } from "./elements.js";
import { field } from "./fields.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { plainText, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";

/** The nodes of a list of blocks; a block that breaks is boxed, and the others still stand. */
export const blocks = (list, surface) => (list ?? []).map((block) => stand(block, surface));

function stand(block, surface) {
  let node;
  try {
    node = BLOCKS[block?.type]?.(block, surface) ?? unsupported(`block: ${block?.type ?? "none"}`);
  } catch {
    node = unsupported(`block: ${block?.type}, malformed`);
  }
  node.classList.add("block", `block-${String(block?.type).replace(/\W/g, "")}`);
  if (block?.block_id) node.dataset.blockId = block.block_id;
  return node;
}

const unsupported = (what) => el("div", { class: "unsupported" }, `unsupported ${what}`);
const part = (each, surface, block) => element(each, surface, block.block_id) ?? unsupported(`element: ${each?.type}`);
const body = (text) => el("div", { class: "text", dir: "auto" }, textObject(text));

const BLOCKS = {
  section,
  header,
  divider: () => el("hr"),
  context: (block, surface) => el("div", { class: "context" }, (block.elements ?? []).map((each) =>
    each.type === "image" ? picture(each, "tiny") : ["mrkdwn", "plain_text"].includes(each.type) ? el("span", {}, textObject(each)) : part(each, surface, block))),
  image,
  actions: (block, surface) => el(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((each) => part(each, surface, block)),
  ),
  context_actions: (block, surface) => el(
    "div",
    { class: "actions quiet-actions" },
    (block.elements ?? []).map((each) => part(each, surface, block)),
  ),
  input,
  rich_text: (block) => el("div", { class: "text" }, richText(block)),
  markdown: (block) => el("div", { class: "text markdown" }, markdown(block.text ?? "")),
  table: (block) => table(block),
  data_table: (block) => dataTable(block),
  data_visualization: (block) => chart(block),
  alert,
  card,
  carousel: (block, surface) => el(
    "div",
    { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" },
    blocks((block.elements ?? []).map((each) => ({ type: "card", ...each })), surface),
  ),
  container,
  video: (block) => el(
    "div",
    { class: "card" },
    el("strong", {}, link(block.title_url ?? block.video_url, plainText(block.title))),
    block.description && el("p", {}, plainText(block.description)),
  ),
  file: (block) => el("p", { class: "text" }, `File ${block.external_id ?? ""}`),
  task_card: (block) => task(block),
  plan: (block) => el("div", { class: "card" }, el("strong", {}, block.title), (block.tasks ?? []).map(task)),
};

function section(block, surface) {
  return el("div", { class: "section" },
    el("div", { class: "section-words" },
      block.text && body(block.text),
      block.fields?.length && el("div", { class: "fields" }, block.fields.map((each) => body(each)))),
    block.accessory && el(
      "div",
      { class: "accessory" },
      block.accessory.type === "image" ? picture(block.accessory, "thumb") : part(block.accessory, surface, block),
    ));
}

function header(block, surface) {
  return el(
    surface.kind === "message" ? "h4" : "h3",
    { class: `heading heading-${block.level ?? 2}` },
    plainText(block.text),
  );
}

function image(block) {
  const title = plainText(block.title);
  return el(
    "figure",
    { class: "image" },
    title && el("figcaption", {}, title),
    picture({ ...block, image_url: block.image_url ?? block.slack_file?.url }),
  );
}

const LEVELS = {
  default: ["info", "Note"],
  info: ["info", "Information"],
  warning: ["warning", "Warning"],
  error: ["error", "Error"],
  success: ["success", "Done"],
};

function alert(block) {
  const level = Object.hasOwn(LEVELS, block.level) ? block.level : "default";
  const [sign, word] = LEVELS[level];
  return el(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    icon(sign),
    el("span", { class: "hidden-visually" }, `${word}: `),
    body(block.text),
  );
}

function card(block, surface) {
  const hero = block.hero_image && picture(block.hero_image, "hero");
  const sign = block.icon?.image_url ? picture(block.icon, "tiny") : null;
  return el("article", { class: "card" }, hero,
    el("div", { class: "card-head" }, sign, el("div", {},
      block.title && el("strong", { class: "card-title" }, textObject(block.title)),
      block.subtitle && el("div", { class: "card-subtitle" }, textObject(block.subtitle)))),
    block.body && body(block.body),
    block.subtext && el("small", { class: "card-subtitle" }, textObject(block.subtext)),
    block.actions?.length && el("div", { class: "actions" }, block.actions.map((each) => part(each, surface, block))));
}

function container(block, surface) {
  const title = [
    block.icon?.image_url && picture(block.icon, "tiny"),
    el(
      "span",
      { class: "container-title" },
      block.rich_text_title ? richText(block.rich_text_title) : plainText(block.title),
    ),
    block.subtitle && el("span", { class: "card-subtitle" }, textObject(block.subtitle)),
  ];
  const inside = el("div", { class: "container-body" }, blocks(block.child_blocks, surface));
  const look = { class: `container container-${block.width ?? "standard"}` };
  if (block.is_collapsible) return el(
    "details",
    { ...look, open: !block.default_collapsed },
    el("summary", {}, title),
    inside,
  );
  return el(
    "section",
    look,
    el("div", { class: block.has_header_divider ? "container-head ruled" : "container-head" }, title),
    inside,
  );
}

const STATUS = { pending: "Waiting", in_progress: "Under way", complete: "Done", error: "Failed" };
const task = (each) =>
  el(
    "div",
    { class: "task" },
    el("span", { class: "tag" }, STATUS[each.status] ?? each.status),
    " ",
    el("strong", {}, each.title),
    each.details && richText(each.details),
    each.output && richText(each.output),
  );

// Inputs

/** An input block: label, field, hint, and a place for its error. Errors come and go by `showError`. */
function input(block, surface) {
  const each = block.element ?? {};
  const made = field(each, surface, { optional: Boolean(block.optional), blockId: block.block_id });
  if (!made) return unsupported(`element: ${each.type}`);
  const [labelId, hintId, errorId] = [freshId("label"), freshId("hint"), freshId("error")];
  const itself = made.group || made.node.matches("input, select, textarea");
  const target = made.focusable ?? (itself ? made.node : made.node.querySelector("input"));
  target.id ||= freshId("field");
  if (made.group) {
    made.node.setAttribute("role", made.group);
    made.node.setAttribute("aria-labelledby", labelId);
  } else if (!block.optional) target.setAttribute("aria-required", "true");
  const counter = each.max_length && counterFor(made, each.max_length);
  const hint = [block.hint && plainText(block.hint), made.note].filter(Boolean).join(" · ");
  target.setAttribute("aria-describedby", [hint && hintId, errorId].filter(Boolean).join(" "));
  const name = [plainText(block.label), block.optional ? el("span", { class: "optional" }, " (optional)") : null];
  if (each.focus_on_load) target.dataset.focusOnLoad = "";
  let resume = () => {};
  register(surface, block.block_id, each.action_id, { ...made, block, target, resume: () => resume() });
  if (block.dispatch_action) resume = dispatching(made, target, each, surface, block.block_id);
  counter?.refresh();
  return el("div", { class: "input" },
    made.group ? el("div", { class: "label", id: labelId }, name) : el(
      "label",
      { class: "label", id: labelId, for: target.id },
      name,
    ),
    made.node,
    el("div", { class: "input-foot" }, el("span", { class: "hint", id: hintId }, hint), counter?.node),
    el("p", { class: "input-error", id: errorId, role: "alert", hidden: true }));
}

function counterFor({ node }, most) {
  const shown = el("span", { class: "counter", "aria-hidden": "true" });
  const refresh = () => {
    const left = most - node.value.length;
    shown.textContent = left <= Math.max(20, most / 10) ? `${node.value.length} of ${most}` : "";
    shown.classList.toggle("over", left < 0);
  };
  node.addEventListener("input", refresh);
  return { node: shown, refresh };
}

/**
 * An input with dispatch_action clicks on Enter and when left, once per value; on each letter where the block asks for
 * it. A field that was redrawn, or whose form is being sent, is silent; the answer lets the redrawn one go on.
 */
function dispatching(made, target, each, surface, blockId) {
  let sent = JSON.stringify(made.read());
  const unsent = () => JSON.stringify(made.read()) !== sent;
  const send = async () => {
    if (!unsent() || !target.isConnected || target.closest("form[aria-busy]")) return;
    const now = made.read();
    sent = JSON.stringify(now);
    await clicked(target, each, surface, blockId, now);
  };
  if (!/_input$/.test(each.type)) {
    made.onSettle(send);
    return () => {};
  }
  const letters = each.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(send, 400); };
  if (letters) target.addEventListener("input", soon);
  target.addEventListener("blur", (event) => event.relatedTarget?.closest?.("[data-testid^=modal-]") || send());
  target.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || target.tagName === "TEXTAREA") return;
    event.preventDefault();
    sent = null;
    send();
  });
  return () => letters && unsent() && soon();
}

/** Shows (or, with no text, clears) the error of one input block. */
export function showError(blockNode, text) {
  const place = blockNode.querySelector(".input-error");
  if (!place) return;
  place.hidden = !text;
  place.replaceChildren(...(text ? [icon("error"), el("span", {}, text)] : []));
  blockNode.classList.toggle("invalid", Boolean(text));
  for (const target of blockNode.querySelectorAll("[data-action-id]")) {
    if (text) target.setAttribute("aria-invalid", "true");
    else target.removeAttribute("aria-invalid");
  }
}

/** A message's own text, for one without blocks, with a mark after it. */
export const messageText = (text, mark) => el(
  "div",
  { class: "text", dir: "auto" },
  textObject({ type: "mrkdwn", text: text ?? "" }),
  mark,
);


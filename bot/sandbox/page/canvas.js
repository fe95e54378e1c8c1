// A channel's canvas: its title and its Markdown, read; or both in fields, while somebody writes.
import { el, freshId } from "./dom.js";
import { confirmed } from "./layers.js";
import { canvasMarkdown } from "./markdown.js";
import { dateTokens } from "./time.js";
import { world } from "./world.js";

const MOST = 1_048_576;

/** `write({title, markdown})` and `remove()` may reject with a sentence. Answers {node, show(canvas, channel, mayWrite)}. */
export function canvasSheet({ write, remove }) {
  const node = el("div", { class: "canvas", "data-testid": "canvas", tabindex: "0", role: "region", "aria-label": "Canvas" });
  const drafts = new Map();
  let place = "";
  let now = { canvas: null, channel: null, mayWrite: false };
  let drawn = null;

  /** Shows the canvas, or that there is none; what somebody is writing stays. */
  function show(canvas, channel, mayWrite) {
    place = `${world.me}/${channel.id}`;
    now = { canvas, channel, mayWrite };
    const draft = mayWrite ? drafts.get(place) : undefined;
    const mark = JSON.stringify([place, mayWrite, draft ? "writing" : canvas]);
    if (mark === drawn) return;
    drawn = mark;
    node.replaceChildren(el("div", { class: "canvas-inner" }, draft ? editor(draft) : reader()));
  }

  const again = () => show(now.canvas, now.channel, now.mayWrite);

  function reader() {
    const { canvas, channel, mayWrite } = now;
    if (!canvas) {
      return [
        el("p", { class: "empty" }, `#${channel.name} has no canvas yet.`),
        mayWrite && el("div", { class: "canvas-acts" }, button("Write one", "canvas-write", begin, "primary")),
      ];
    }
    return [
      el("h2", { class: "canvas-title", dir: "auto" }, canvas.title || "Untitled"),
      el("div", { class: "text markdown canvas-text", dir: "auto" }, canvasMarkdown(canvas.markdown)),
      !canvas.markdown.trim() && el("p", { class: "empty" }, "Nothing is written here yet."),
      el("footer", { class: "canvas-foot" },
        el("p", {}, `Last written by ${world.name(canvas.updated_by)}, ${written(canvas.updated)}`),
        mayWrite && el("div", { class: "canvas-acts" },
          button("Edit", "canvas-edit", begin),
          button("Delete", "canvas-delete", discard, "danger"))),
    ];
  }

  const written = (seconds) =>
    dateTokens("{date_short_pretty} {time}", seconds * 1000, world.zone, world.now());

  const button = (words, testid, run, look = "") => el(
    "button",
    { type: "button", class: `button small ${look}`.trim(), "data-testid": testid, on: { click: run } },
    words,
  );

  function begin() {
    drafts.set(place, { title: now.canvas?.title ?? "", markdown: now.canvas?.markdown ?? "" });
    again();
    node.querySelector("textarea").focus();
  }

  function leave() {
    drafts.delete(place);
    again();
    node.focus();
  }

  function editor(draft) {
    const field = (tag, name, words, more) => {
      const id = freshId("canvas");
      const input = el(tag, {
        id, class: "text-field", "data-testid": `canvas-${name}`, autocomplete: "off", dir: "auto", value: draft[name],
        on: { input: () => { draft[name] = input.value; } }, ...more,
      });
      return el("div", { class: "input" }, el("label", { class: "label", for: id }, words), input);
    };
    const trouble = el("p", { class: "canvas-trouble", role: "alert" });
    const submit = (event) => {
      event.preventDefault();
      save(draft, (sentence) => trouble.replaceChildren(sentence));
    };
    return el("form", { class: "canvas-form", on: { submit } },
      field("input", "title", "Title", { type: "text", maxlength: 255 }),
      field("textarea", "markdown", "Text, in Markdown", { rows: 16, maxlength: MOST, required: true }),
      trouble,
      el("div", { class: "canvas-acts" },
        el("button", { type: "submit", class: "button small primary", "data-testid": "canvas-save" }, "Save"),
        button("Cancel", "canvas-cancel", leave)));
  }

  async function save({ title, markdown }, refused) {
    const from = place;
    try {
      await write({ title, markdown });
    } catch (error) {
      refused(error.message);
      return;
    }
    drafts.delete(from);
    if (from === place) leave();
  }

  async function discard() {
    const sure = await confirmed({
      title: { type: "plain_text", text: "Delete this canvas?" },
      text: { type: "plain_text", text: `Everybody in #${now.channel.name} loses it, for good.` },
      confirm: { type: "plain_text", text: "Delete" },
      deny: { type: "plain_text", text: "Keep it" },
      style: "danger",
    });
    if (sure) await remove();
  }

  return { node, show };
}

// The right column: one thread, with a composer of its own.
import { composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messagelist.js";
import { world } from "./world.js";

/** Fills the column. `does`: {sendReply, refetch, closeThread, …as for messages}. */
export function thread(column, does) {
  let at = null;
  const where = el("span", { class: "purpose" });
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": "thread-close",
      "aria-label": "Close the thread",
      on: { click: does.closeThread },
    },
    icon("close"),
  );
  const list = messageList({ ...does, channel: () => at?.channel }, { inThread: true, empty: "This message is gone." });
  const write = composer({ testid: "thread-composer", sendId: "thread-send", send: does.sendReply });
  column.replaceChildren(el("header", { class: "head" }, el("h2", {}, "Thread"), where, close), list.node, write.node);
  column.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) does.closeThread();
  });

  return {
    /** Opens the thread under `ts`, or closes the column when it is null. */
    at(channel, ts, name) {
      const fresh = ts && (at?.ts !== ts || at?.channel !== channel);
      at = ts ? { channel, ts } : null;
      column.hidden = !ts;
      if (!ts) return;
      where.textContent = name;
      write.at(`${world.me}/${channel}/${ts}`, "Reply in the thread");
      if (fresh) write.focus();
    },
    show: (messages) => at && list.show(messages, `${world.me}/${at.channel}/${at.ts}`),
  };
}

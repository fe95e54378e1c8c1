// The App Home of the person who looks, redrawn only when it changed.
import { api } from "./api.js";
import { blocks } from "./blocks.js";
import { carry } from "./carry.js";
import { el } from "./dom.js";
import { holding } from "./holding.js";
import { world } from "./world.js";

/** Answers {node, show(view)}; `refetch` runs after each gesture. */
export function appHome(refetch) {
  const node = el("div", { class: "home", "data-testid": "home", tabindex: "0", role: "region", "aria-label": "Home" });
  let drawn = null;
  let fields = new Map();
  let held = null;

  const surface = (view) => ({
    kind: "home", fields, state: view.state, channel: () => undefined,
    click: async (gesture) => {
      await held.flush();
      await api.click({ user: world.me, view_id: view.id, ...gesture });
      await refetch();
    },
    options: (asked) => api.options({ user: world.me, view_id: view.id, ...asked }),
  });

  /** Shows the view, or says that there is none yet. */
  function show(view) {
    const mark = JSON.stringify([world.me, view?.id, view?.blocks]);
    if (mark === drawn) return;
    const before = view && fields.size ? carry(node, fields) : null;
    fields = new Map();
    const inner = view?.blocks ? blocks(view.blocks, surface(view)) : [el(
      "p",
      { class: "empty" },
      "Rhythm has not put anything here yet.",
    )];
    const top = node.scrollTop;
    node.replaceChildren(el("div", { class: "home-inner" }, inner));
    node.scrollTop = top;
    held = holding(view?.id, () => fields);
    before?.(fields);
    drawn = mark;
  }

  return { node, show };
}

// The round sign of a person or of the app.
import { el } from "./dom.js";
import { mark } from "./icons.js";
import { avatarOf, world } from "./world.js";

/** Someone's initials on their colour; the name stands beside it, so it is hidden from screen readers. */
export function avatar(id, size = "") {
  if (id === world.botId) return el(
    "span",
    { class: `avatar avatar-app ${size}`.trim(), "aria-hidden": "true" },
    mark(),
  );
  const { letters, tone } = avatarOf(id);
  return el("span", { class: `avatar tone-${tone} ${size}`.trim(), "aria-hidden": "true" }, letters);
}

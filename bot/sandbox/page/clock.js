// The sandbox's clock: what time it is for this person, and jumps ahead.
import { api } from "./api.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./layers.js";
import { instant, nextMonday, nineOClock, wallTime, written } from "./time.js";
import { world } from "./world.js";

/** Fills the bar; `after` runs once everything due by the new time has happened. Answers {refresh()}. */
export function clockBar(bar, after) {
  const text = el("time", { class: "clock-now", "data-testid": "clock-now" });
  const zone = el("span", { class: "clock-zone" });
  const busy = el("span", { class: "clock-busy", role: "status", "data-testid": "clock-busy" });
  const free = el(
    "input",
    { type: "datetime-local", class: "clock-field", id: freshId("clock"), "data-testid": "clock-to" },
  );
  const jumps = [
    ["clock-hour", "+1 hour", () => ({ advance: "PT1H" })],
    ["clock-tomorrow", "Tomorrow 09:00", () => to(nineOClock(world.now(), world.zone, 1))],
    ["clock-monday", "Monday 09:00", () => to(nextMonday(world.now(), world.zone))],
    ["clock-week", "+1 week", () => ({ advance: "P7D" })],
  ].map(([id, label, make]) => el(
    "button",
    { type: "button", class: "clock-button", "data-testid": id, on: { click: () => jump(make()) } },
    label,
  ));
  const go = el("button", { type: "submit", class: "clock-button", "data-testid": "clock-go" }, "Go");
  const form = el(
    "form",
    { class: "clock-form" },
    el("label", { class: "hidden-visually", for: free.id }, "Jump to a date and time in your time zone"),
    free,
    go,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (free.value) jump(to(instant(free.value, world.zone)));
    else free.focus();
  });
  bar.append(
    el(
      "div",
      { class: "clock-face" },
      icon("clock"),
      el("span", { class: "clock-label" }, "Sandbox time"),
      text,
      zone,
      busy,
    ),
    el("div", { class: "clock-jumps", role: "group", "aria-label": "Jump ahead in time" }, jumps, form));

  const to = (ms) => ({ to: new Date(ms).toISOString() });

  async function jump(body) {
    if (bar.getAttribute("aria-busy")) return;
    bar.setAttribute("aria-busy", "true");
    busy.textContent = "Living through the time between…";
    for (const control of [...jumps, go, free]) control.disabled = true;
    const focused = document.activeElement;
    try {
      const answer = await api.clock(body);
      if (answer.now) world.setNow(answer.now);
      free.value = "";
    } catch (error) {
      notice(error.message);
    } finally {
      await after();
      bar.removeAttribute("aria-busy");
      busy.textContent = "";
      for (const control of [...jumps, go, free]) control.disabled = false;
      if (document.activeElement === document.body && bar.contains(focused)) focused.focus();
      refresh();
    }
  }

  function refresh() {
    const ms = world.now();
    text.textContent = written(
      ms,
      world.zone,
      {
        weekday: "short",
        day: "numeric",
        month: "short",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
      },
    );
    text.setAttribute("datetime", new Date(ms).toISOString());
    zone.textContent = world.zone.replaceAll("_", " ");
    if (document.activeElement !== free && !free.value) free.min = wallTime(ms, world.zone);
  }

  setInterval(refresh, 1000);
  return { refresh };
}

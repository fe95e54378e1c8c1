// Builds nodes. Text always goes in as text, so nothing a person or an app wrote is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "selected", "disabled", "hidden", "indeterminate"]);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, present(value));
    else if (PROPERTIES.has(name) && name in node) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const present = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** An HTML element; `on` holds listeners, `data` its data-* attributes; null children are left out. */
export const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element, with the same rules. */
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Text for screen readers only. */
export const spoken = (text) => el("span", { class: "hidden-visually" }, text);

const SAFE = new Set(["http:", "https:", "mailto:", "slack:"]);

/** The address when its scheme may be opened (http, https, mailto, slack), else null. */
export function safeUrl(url) {
  try {
    return SAFE.has(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the sandbox; a refused address stays plain text. */
export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, ...(children.length ? children : [url]));
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...(children.length ? children : [url]));
}

let ids = 0;
/** An id that is unique on the page, for labels and descriptions. */
export const freshId = (stem = "x") => `${stem}-${++ids}`;

/** Calls `run` once, `wait` milliseconds after the last call. */
export function settled(run, wait) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), wait);
  };
}

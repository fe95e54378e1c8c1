// The sandbox's JSON API and its stream of hints. One sentence for a person when something goes wrong.

const BASE = "/_sandbox";

/** What the sandbox refused; its message is the sentence to show. */
export class Refused extends Error {
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(BASE + path, { cache: "no-store", ...options });
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running in the terminal?", 0, null);
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok || body?.error) throw new Refused(sentence(body?.error, answer.status), answer.status, body);
  return body ?? {};
}

const sentence = (error, status) =>
  typeof error === "string" && error ? error : (error?.message ?? `The sandbox could not do this (status ${status}).`);

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
const read = (path, values = {}) => ask(`${path}?${query(values)}`);
const send = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const api = {
  state: () => read("/state"),
  commands: () => read("/commands"),
  sidebar: (user) => read("/sidebar", { user }),
  messages: (user, channel, threadTs) => read("/messages", { user, channel, thread_ts: threadTs }),
  views: (user) => read("/views", { user }),
  home: (user) => read("/home", { user }),
  canvas: (user, channel) => read("/canvas", { user, channel }),
  writeCanvas: (user, channel, content) => send("/canvas", { user, channel, ...content }),
  deleteCanvas: (user, channel) => send("/canvas", { user, channel, deleted: true }),
  openHome: (user) => send("/home", { user }),
  markRead: (user, channel) => send("/read", { user, channel }),
  command: (user, channel, text) => send("/command", { user, channel, text }),
  message: (user, channel, text, threadTs) => send("/message", { user, channel, text, thread_ts: threadTs }),
  click: (body) => send("/click", body),
  submit: (body) => send("/submit", body),
  close: (user, viewId) => send("/close", { user, view_id: viewId }),
  shortcut: (body) => send("/shortcut", body),
  join: (user, channel) => send("/membership", { user, channel, joined: true }),
  change: (user, fields) => send("/user", { user, ...fields }),
  options: (body) => send("/options", body),
  clock: (jump) => send("/clock", jump),
};

/** Listens to hints for one person; returns how to stop. `onState` hears true when connected, false when lost. */
export function listen(user, onHint, onState) {
  const source = new EventSource(`${BASE}/stream?${query({ user })}`);
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = ({ data }) => {
    try {
      onHint(JSON.parse(data));
    } catch {
      // A keep-alive line that is no JSON carries nothing to refetch.
    }
  };
  return () => source.close();
}

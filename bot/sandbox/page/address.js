// Where the person is, in the address: #U1/C1, #U1/D1/home, #U1/C1/canvas, #U1/C1/thread-1774857600.000100

const TABS = ["home", "canvas"];

const rest = ({ tab, thread }) => (thread ? `/thread-${thread}` : TABS.includes(tab) ? `/${tab}` : "");

/** The fragment for a place. */
export const written = (place) => `#${place.me}/${place.channel}${rest(place)}`;

/** The place a fragment means; what it does not say is empty. */
export function read(hash) {
  const [me = "", channel = "", more = ""] = hash.replace(/^#/, "").split("/");
  return {
    me,
    channel,
    tab: TABS.includes(more) ? more : "messages",
    thread: more.startsWith("thread-") ? more.slice(7) : null,
  };
}

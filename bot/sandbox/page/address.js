// Where the person is, in the address: #U1/C1, #U1/D1/home, #U1/C1/thread-1774857600.000100

const rest = ({ tab, thread }) => (thread ? `/thread-${thread}` : tab === "home" ? "/home" : "");

/** The fragment for a place. */
export const written = (place) => `#${place.me}/${place.channel}${rest(place)}`;

/** The place a fragment means; what it does not say is empty. */
export function read(hash) {
  const [me = "", channel = "", more = ""] = hash.replace(/^#/, "").split("/");
  return {
    me,
    channel,
    tab: more === "home" ? "home" : "messages",
    thread: more.startsWith("thread-") ? more.slice(7) : null,
  };
}

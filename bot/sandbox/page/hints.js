// Hints from the stream are gathered for a moment and fetched once; a new round starts when the last is done.

const moment = () => new Promise((resolve) => setTimeout(resolve, 60));

/**
 * `fetchKinds(kinds)` fetches; `isHere(channel)` says whether a message concerns what is shown. Answers the listener
 * for hints.
 */
export function gathering(fetchKinds, isHere) {
  const due = new Set();
  let fetching = false;

  async function fetchDue() {
    fetching = true;
    await moment();
    while (due.size) {
      const kinds = new Set(due);
      due.clear();
      await fetchKinds(kinds);
      await moment();
    }
    fetching = false;
  }

  return ({ kind, channel }) => {
    due.add(kind);
    if (kind === "message" && (!channel || isHere(channel))) due.add("here");
    if (!fetching) fetchDue();
  };
}

// What is typed into fields that do not click is told to the sandbox before a click, as Slack sends the whole state
// along.
import { api } from "./api.js";
import { world } from "./world.js";

/**
 * Watches the fields of a view; `flush()` hands over those that changed. A value the sandbox refuses waits for the
 * submission to say so.
 */
export function holding(viewId, fields) {
  const told = new Map([...fields()].map(([key, field]) => [key, JSON.stringify(field.read())]));

  let last = Promise.resolve();

  async function tell() {
    for (const [key, { block, blockId, actionId, read }] of fields()) {
      if (!block || block.dispatch_action) continue;
      const value = read();
      const mark = JSON.stringify(value);
      if (told.get(key) === mark) continue;
      told.set(key, mark);
      await api.click({
        user: world.me,
        view_id: viewId,
        block_id: blockId,
        action_id: actionId,
        value,
      }).catch(() => {});
    }
  }

  // One after the other, so that what is pressed next does not overtake what was typed before.
  const flush = () => (last = last.then(tell));

  return { flush };
}

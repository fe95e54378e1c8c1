// What a person was typing survives a redraw, and is still told, wherever the same block and action are still there.

/** Remembers values, focus and scroll of the fields in `root`; call the answer with the new fields. */
export function carry(root, fields, scroller = root) {
  const kept = new Map([...fields].map(([key, field]) => [key, { value: field.read(), options: field.options?.() }]));
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const mark = active && {
    block: active.closest("[data-block-id]")?.dataset.blockId,
    action: active.dataset.actionId,
    value: active.type === "radio" || active.type === "checkbox" ? active.value : null,
    start: selection(active, "selectionStart"),
    end: selection(active, "selectionEnd"),
  };
  const top = scroller.scrollTop;
  return (fresh) => {
    for (const [key, field] of fresh) {
      if (!kept.has(key)) continue;
      const { value, options } = kept.get(key);
      if (options && field.adopt) field.adopt(options);
      else field.write(value);
      field.resume?.();
    }
    scroller.scrollTop = top;
    refocus(root, mark);
  };
}

function selection(node, name) {
  try {
    return node[name];
  } catch {
    return null;
  }
}

function refocus(root, mark) {
  if (!mark?.action) return;
  const found = [...root.querySelectorAll("[data-action-id]")].find(
    (node) =>
      node.dataset.actionId === mark.action &&
      node.closest("[data-block-id]")?.dataset.blockId === mark.block &&
      (mark.value === null || node.value === mark.value),
  );
  found?.focus({ preventScroll: true });
  if (found && typeof mark.start === "number") found.setSelectionRange?.(mark.start, mark.end);
}

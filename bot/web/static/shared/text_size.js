// Large text in steps: 1.33, 1.67 and 2 times the usual size, as the style sheets say for `data-text`.

const SIZES = ["", "large", "larger", "largest"];
const root = document.documentElement;

/** The step that the page is shown in, 0 for the usual size. */
export const step = () => Math.max(0, SIZES.indexOf(root.dataset.text ?? ""));

/** @returns {string} the name of the next step, "" after the last one */
export const nextSize = () => SIZES[(step() + 1) % SIZES.length];

/** @param {unknown} size one of the names; anything else is the usual size */
export function showSize(size) {
  if (typeof size === "string" && SIZES.indexOf(size) > 0) root.dataset.text = size;
  else delete root.dataset.text;
}

/**
 * A button that says how large the text is.
 * @param {HTMLElement} button
 */
export function tellSize(button) {
  const label = (button.dataset.label ??= button.textContent ?? "");
  button.textContent = step() ? `${label} ${step()}/${SIZES.length - 1}` : label;
  button.setAttribute("aria-pressed", String(step() > 0));
}

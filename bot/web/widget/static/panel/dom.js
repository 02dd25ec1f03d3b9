// Elements. Text becomes text nodes, never markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} label
 * @param {(button: HTMLButtonElement) => void} onPress
 * @param {string} [kind] its class
 */
export function makeButton(label, onPress, kind = "") {
  const button = make("button", { type: "button", class: kind }, label);
  button.addEventListener("click", () => onPress(button));
  return button;
}

/**
 * A link that leaves the panel.
 * @param {string} href
 * @param {string} label
 * @param {string} hint for screen readers
 */
export function outside(href, label, hint) {
  return make("a", { href, target: "_blank", rel: "noopener" }, label, make("span", { class: "unseen" }, ` (${hint})`));
}

/**
 * An element of the page as the server sent it.
 * @template {Element} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 */
export function find(id, kind) {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${kind.name} #${id}`);
}

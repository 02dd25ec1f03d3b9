// How the page looks: large text, contrast, light or dark, and the language.

import { keepChoice } from "./chat_memory.js";

const root = document.documentElement;

/** @param {"text" | "contrast" | "theme"} name @param {string} value empty: as the browser says */
function choose(name, value) {
  keepChoice(name, value);
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  show();
}

function show() {
  for (const [id, name] of [["larger", "text"], ["contrast", "contrast"]]) {
    document.querySelector(`#${id}`).setAttribute("aria-pressed", String(name in root.dataset));
  }
  for (const radio of document.querySelectorAll("[name=theme]")) radio.checked = radio.value === (root.dataset.theme ?? "");
}

/** @param {HTMLElement} button @param {"text" | "contrast"} name @param {string} value */
function toggles(button, name, value) {
  button.addEventListener("click", () => choose(name, name in root.dataset ? "" : value));
}

export function startDisplay() {
  const menu = document.querySelector("#display");
  toggles(document.querySelector("#larger"), "text", "large");
  toggles(document.querySelector("#contrast"), "contrast", "more");
  for (const radio of document.querySelectorAll("[name=theme]")) {
    radio.addEventListener("change", () => choose("theme", radio.value));
  }
  for (const link of document.querySelectorAll("#masthead .language")) {
    link.addEventListener("click", () => keepChoice("language", link.lang));
  }
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  show();
}

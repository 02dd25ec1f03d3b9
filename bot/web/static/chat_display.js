// How the page looks: large text, contrast, light or dark, and the language.

import { keepChoice } from "./chat_memory.js";
import { nextSize, tellSize } from "./shared/text_size.js";

const root = document.documentElement;

/** @param {"text" | "contrast" | "theme"} name @param {string} value empty: as the browser says */
function choose(name, value) {
  keepChoice(name, value);
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  show();
}

function show() {
  tellSize(document.querySelector("#larger"));
  document.querySelector("#contrast").setAttribute("aria-pressed", String("contrast" in root.dataset));
  for (const radio of document.querySelectorAll("[name=theme]")) radio.checked = radio.value === (root.dataset.theme ?? "");
}

export function startDisplay() {
  const menu = document.querySelector("#display");
  document.querySelector("#larger").addEventListener("click", () => choose("text", nextSize()));
  document.querySelector("#contrast").addEventListener("click", () => choose("contrast", "contrast" in root.dataset ? "" : "more"));
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

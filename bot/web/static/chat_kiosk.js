// A screen in a hall, by ?kiosk=1: large text, no way out of the page, and back to the start when a visitor has gone.

import { keepChoice, keepQuestions, keepWaiting } from "./chat_memory.js";

const root = document.documentElement;
const ABSENCE = 60_000; // milliseconds without a touch or a key until the visitor counts as gone
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];

export function startKiosk() {
  if (!("kiosk" in root.dataset)) return;
  let timer = 0;
  const stay = () => {
    clearTimeout(timer);
    timer = setTimeout(startOver, ABSENCE);
  };
  for (const sign of SIGNS) addEventListener(sign, stay, { passive: true });
  document.addEventListener("click", keepInside, { capture: true });
  stay();
}

/** The next visitor sees nothing of the one before: no questions, no choices. */
function startOver() {
  keepQuestions([]);
  keepWaiting("");
  for (const choice of ["text", "contrast", "theme", "language"]) keepChoice(choice, "");
  location.replace("./?kiosk=1");
}

/** Links lead to other pages, where nothing brings one back; another language is the same page. @param {MouseEvent} event */
function keepInside(event) {
  const link = event.target.closest("a[href]");
  if (link && !link.matches(".language, .skip")) {
    event.preventDefault();
    event.stopPropagation();
  }
}

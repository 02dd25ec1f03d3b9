// What can be done with a quote or an answer: copy it with its source, share its link, have it read aloud.

import { language, words } from "./chat_bridge.js";
import { copyText, shareLink, withSource } from "./shared/handing_on.js";
import { canRead, onVoices, readAloud, stopReading } from "./shared/voices.js";

/**
 * The sentence, or the whole quote where the button stands beside that, with its source.
 * @param {Element} button
 */
function quoted(button) {
  const card = button.closest("figure");
  const part = button.closest(".context") ?? card;
  const source = [card.querySelector("cite"), card.querySelector(".origin")].filter(Boolean);
  return {
    text: part.querySelector("blockquote").textContent,
    source: source.map((each) => each.textContent).join(" · "),
    note: card.querySelector(":scope > .correction")?.textContent,
    link: button.parentElement.querySelector(".share").href,
  };
}

/** Say for a moment that it is done. @param {HTMLElement} button @param {string} done */
function tell(button, done) {
  const label = button.dataset.label ??= button.textContent;
  button.textContent = done;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("blur", () => { button.textContent = label; }, { once: true });
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const isCopied = await copyText(withSource(quoted(button)));
  tell(button, isCopied ? words.copied : words.not_copied);
}

/** @param {HTMLAnchorElement} link */
async function share(link) {
  const done = await shareLink(link.closest("figure").querySelector("cite").textContent, link.href);
  if (done !== "shared") tell(link, done === "copied" ? words.link_copied : words.not_copied);
}

/** The verdict that a button stands beside, and the first sentence below it with its source. @param {Element} button */
function answerOf(button) {
  const parts = [...document.querySelectorAll("#talk .said, #talk .notice, #talk .quote, #talk .aloud")];
  const after = parts.slice(parts.indexOf(button) + 1);
  const card = after[0]?.matches(".quote") ? [after[0].querySelector(".sentence"), after[0].querySelector("cite")] : [];
  return [button.parentElement.querySelector(".notice"), ...card];
}

/** @param {HTMLElement} button */
function read(button) {
  const wasReading = button.getAttribute("aria-pressed") === "true";
  stopReading();
  for (const other of document.querySelectorAll(".aloud")) quiet(other);
  if (wasReading) return;
  button.setAttribute("aria-pressed", "true");
  button.textContent = words.stop_reading;
  const parts = answerOf(button).map((part) => ({ text: part.textContent, language: part.closest("[lang]").lang }));
  readAloud(parts, () => quiet(button));
}

/** @param {Element} button */
function quiet(button) {
  button.setAttribute("aria-pressed", "false");
  button.textContent = words.read_aloud;
}

export function startQuotes() {
  onVoices(() => document.body.classList.toggle("voices", canRead(language)));
  addEventListener("pagehide", stopReading);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#talk .copy, #talk .share, #talk .aloud");
    if (!button) return;
    if (button.matches(".aloud")) read(button);
    else if (button.matches(".copy")) copy(button);
    else {
      event.preventDefault();
      share(button);
    }
  });
}

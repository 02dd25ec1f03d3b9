// What can be done with a quote or an answer: copy it with its source, share its link, have it read aloud.

import { language, words } from "./chat_bridge.js";

const voices = window.speechSynthesis;

/** The quote with where it comes from and its correction, as plain text. @param {Element} card */
function withSource(card) {
  const source = [card.querySelector("cite"), card.querySelector(".origin")];
  const named = source.filter(Boolean).map((part) => part.textContent).join(" · ");
  const note = card.querySelector(":scope > .correction");
  const told = note ? `\n${note.textContent}` : "";
  return `${card.querySelector("blockquote").textContent}\n—— ${named}${told}\n${card.querySelector(".share").href}`;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard: the old way.
    const holder = document.createElement("textarea");
    holder.value = text;
    document.body.append(holder);
    holder.select();
    document.execCommand("copy");
    holder.remove();
  }
}

/** Say for a moment that it is done. @param {HTMLElement} button @param {string} done */
function tell(button, done) {
  const label = button.dataset.label ??= button.textContent;
  button.textContent = done;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("blur", () => { button.textContent = label; }, { once: true });
}

/** @param {HTMLAnchorElement} link */
async function share(link) {
  const title = link.closest("figure").querySelector("cite").textContent;
  if (navigator.share) await navigator.share({ title, url: link.href }).catch(() => {});
  else {
    await copy(link.href);
    tell(link, words.link_copied);
  }
}

/** The voice that is nearest to a language. @param {string} spoken */
function voiceFor(spoken) {
  const wanted = { "zh-Hans": ["zh-CN", "zh"], "zh-Hant": ["zh-TW", "zh-HK", "zh"], en: ["en"] }[spoken] ?? [];
  const all = voices?.getVoices() ?? [];
  return wanted.map((tag) => all.find((voice) => voice.lang.replace("_", "-").startsWith(tag))).find(Boolean);
}

/** The answer that a button stands under: from its question on. @param {Element} button */
function answerOf(button) {
  const parts = [...document.querySelectorAll("#talk .said, #talk .notice, #talk .quote blockquote, #talk .quote cite, #talk .aloud")];
  const end = parts.indexOf(button);
  const begin = parts.slice(0, end).findLastIndex((part) => part.matches(".said"));
  return parts.slice(begin + 1, end);
}

/** @param {HTMLElement} button */
function readAloud(button) {
  const wasReading = button.getAttribute("aria-pressed") === "true";
  voices.cancel();
  for (const other of document.querySelectorAll(".aloud")) quiet(other);
  if (wasReading) return;
  button.setAttribute("aria-pressed", "true");
  button.textContent = words.stop_reading;
  const parts = answerOf(button);
  parts.forEach((part, place) => {
    const spoken = new SpeechSynthesisUtterance(part.textContent);
    spoken.lang = part.closest("[lang]").lang;
    spoken.voice = voiceFor(spoken.lang) ?? null;
    if (place === parts.length - 1) spoken.addEventListener("end", () => quiet(button));
    voices.speak(spoken);
  });
}

/** @param {Element} button */
function quiet(button) {
  button.setAttribute("aria-pressed", "false");
  button.textContent = words.read_aloud;
}

/** Read-aloud is offered where there is a voice for the page's language. */
function offerVoices() {
  document.body.classList.toggle("voices", Boolean(voiceFor(language)));
}

export function startQuotes() {
  offerVoices();
  voices?.addEventListener?.("voiceschanged", offerVoices);
  addEventListener("pagehide", () => voices?.cancel());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#talk .copy, #talk .share, #talk .aloud");
    if (!button) return;
    if (button.matches(".aloud")) readAloud(button);
    else if (button.matches(".copy")) copy(withSource(button.closest("figure"))).then(() => tell(button, words.copied));
    else {
      event.preventDefault();
      share(button);
    }
  });
}

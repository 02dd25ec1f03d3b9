// The button that has an answer read aloud.

import { makeButton } from "./dom.js";
import { say } from "./given.js";
import { canRead, readAloud, stopReading } from "./shared/voices.js";

/** The button of what is being read. @type {HTMLButtonElement | null} */
let reading = null;

/**
 * Nothing where the browser has no voice for the language.
 * @param {{ text: string, language: string }[]} parts
 * @param {Language} language
 */
export function aloudButton(parts, language) {
  if (!canRead(language)) return [];
  return [makeButton(say("read_aloud", {}, language), (button) => turn(button, parts, language), "aloud")];
}

/**
 * @param {HTMLButtonElement} button
 * @param {{ text: string, language: string }[]} parts
 * @param {Language} language
 */
function turn(button, parts, language) {
  const wasReading = reading === button;
  stopReading();
  if (reading) show(reading, false, language);
  reading = null;
  if (wasReading) return;
  reading = button;
  show(button, true, language);
  readAloud(parts, () => {
    show(button, false, language);
    if (reading === button) reading = null;
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isReading
 * @param {Language} language
 */
function show(button, isReading, language) {
  button.setAttribute("aria-pressed", String(isReading));
  button.textContent = say(isReading ? "stop_reading" : "read_aloud", {}, language);
}

// What this page keeps in the browser: the conversation's questions until the tab is closed, the display for good.

import { keep, recall } from "./shared/storage.js";

const QUESTIONS = "yuanwen.questions", WAITING = "yuanwen.waiting";

/** Questions of one conversation that are kept; the server keeps as many. */
export const MOST = 20;

/** The questions asked in this tab, oldest first; what is no question is left out. @returns {string[]} */
export function questions() {
  const found = recall("sessionStorage", QUESTIONS);
  return Array.isArray(found) ? found.filter((one) => typeof one === "string" && one.length <= 500).slice(-MOST) : [];
}

/** @param {string[]} asked */
export function keepQuestions(asked) {
  keep("sessionStorage", QUESTIONS, asked.slice(-MOST));
}

/** The question that had no answer yet when the page was left. @returns {string} */
export function waiting() {
  const found = recall("sessionStorage", WAITING);
  return typeof found === "string" ? found : "";
}

/** @param {string} question */
export function keepWaiting(question) {
  keep("sessionStorage", WAITING, question || null);
}

/** @param {"text" | "contrast" | "theme" | "language"} name @param {string} value empty: as the browser says */
export function keepChoice(name, value) {
  keep("localStorage", `yuanwen.${name}`, value || null);
}

// What the browser keeps: the conversation's questions until the tab is closed, the display for good.
// Where storage is shut nothing is kept, and nothing else fails.

const QUESTIONS = "yuanwen.questions", WAITING = "yuanwen.waiting";

/** Questions of one conversation that are kept; the server keeps as many. */
export const MOST = 20;

/** @param {() => void} action */
function tried(action) {
  try {
    action();
  } catch {
    // Private windows and full storage: the page works without.
  }
}

/** @param {Storage} storage @param {string} name @returns {unknown} */
function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** The questions asked in this tab, oldest first; what is no question is left out. @returns {string[]} */
export function questions() {
  const found = read(sessionStorage, QUESTIONS);
  return Array.isArray(found) ? found.filter((one) => typeof one === "string" && one.length <= 500).slice(-MOST) : [];
}

/** @param {string[]} asked */
export function keepQuestions(asked) {
  tried(() => sessionStorage.setItem(QUESTIONS, JSON.stringify(asked.slice(-MOST))));
}

/** The question that had no answer yet when the page was left. @returns {string} */
export function waiting() {
  const found = read(sessionStorage, WAITING);
  return typeof found === "string" ? found : "";
}

/** @param {string} question */
export function keepWaiting(question) {
  tried(() => question ? sessionStorage.setItem(WAITING, JSON.stringify(question)) : sessionStorage.removeItem(WAITING));
}

/** @param {"text" | "contrast" | "theme" | "language"} name @param {string} value empty: as the browser says */
export function keepChoice(name, value) {
  tried(() => value ? localStorage.setItem(`yuanwen.${name}`, value) : localStorage.removeItem(`yuanwen.${name}`));
}

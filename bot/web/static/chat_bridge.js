// The way to Gradio: wishes go into its hidden boxes, and its messages tell when they are fulfilled.

const root = document.documentElement;

const given = document.querySelector("#words");

/** What the program says, in the page's language. @type {Record<string, string>} */
export const words = JSON.parse(given.textContent);

/** The page's language. (Gradio writes the browser's into the root element, as "zh-CN", when it comes.) */
export const language = given.lang;

const SOON = 500, LATEST = 16_000; // milliseconds

let sent = 0;

/** The element's text field once Gradio has made it. @param {string} box @returns {HTMLTextAreaElement | null} */
const field = (box) => document.querySelector(`#${box} textarea`);

/** Whether Gradio's page is there. */
export const isReady = () => field("nudged") !== null;

/** @param {string} box @param {string} text */
function enter(box, text) {
  const into = field(box);
  into.value = text;
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
}

/**
 * Enter a wish; the number comes back with its fulfilment.
 * @param {"asked" | "resumed" | "cleared" | "wanted"} box @param {string[]} texts @param {() => boolean} [isDone]
 * @returns {number}
 */
export function send(box, texts, isDone) {
  sent += 1;
  const number = sent;
  const wish = { number, language, is_chosen: "chosen" in root.dataset, texts };
  enter(box, JSON.stringify(wish));
  watch(isDone ?? (() => isFulfilled(number)), SOON);
  return number;
}

/**
 * Gradio ends its stream of results when none is due, and does not notice that a wish was sent just then: the
 * result stays on the server until a later event opens the stream again. So one is sent.
 * @param {() => boolean} isDone @param {number} wait
 */
function watch(isDone, wait) {
  setTimeout(() => {
    if (isDone() || wait > LATEST) return;
    enter("nudged", String(performance.now()));
    watch(isDone, 2 * wait);
  }, wait);
}

/** Whether that wish is fulfilled. @param {number} number */
export const isFulfilled = (number) => document.querySelector(`#receipt-${number}`) !== null;

/** What Gradio complains of, in its own words; it is not shown. */
export function complaint() {
  return document.querySelector(".toast-wrap .toast-body")?.textContent ?? "";
}

/** Take away what Gradio complained of. */
export function dismiss() {
  for (const close of document.querySelectorAll(".toast-wrap .toast-close")) close.click();
}

// The way to Gradio: wishes go into its hidden boxes, and its messages tell when they are fulfilled.

const root = document.documentElement;

/** What the program says, in the page's language. @type {Record<string, string>} */
export const words = JSON.parse(document.querySelector("#words").textContent);

let sent = 0;

/** The element's text field once Gradio has made it. @param {string} box @returns {HTMLTextAreaElement | null} */
const field = (box) => document.querySelector(`#${box} textarea`);

/** Whether Gradio's page is there. */
export const isReady = () => field("wanted") !== null;

/**
 * Enter a wish; the number comes back with its fulfilment.
 * @param {"asked" | "resumed" | "cleared" | "wanted"} box @param {string[]} texts @returns {number}
 */
export function send(box, texts) {
  sent += 1;
  const wish = { number: sent, language: root.lang, is_chosen: "chosen" in root.dataset, texts };
  const into = field(box);
  into.value = JSON.stringify(wish);
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
  return sent;
}

/** Whether that wish is fulfilled. @param {number} number */
export const isFulfilled = (number) => document.querySelector(`#talk #receipt-${number}`) !== null;

/** What Gradio complains of, in its own words; it is not shown. */
export function complaint() {
  return document.querySelector(".toast-wrap .toast-body")?.textContent ?? "";
}

/** Take away what Gradio complained of. */
export function dismiss() {
  for (const close of document.querySelectorAll(".toast-wrap .toast-close")) close.click();
}

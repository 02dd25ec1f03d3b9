// The article beside the conversation: opened from its quote, shown at its quote, and left again.

import { send, words } from "./chat_bridge.js";

const SHEET = matchMedia("(max-width: 1099px)"); // as in chat.css: below, the article lies over the rest
let opener = null, shownArticle = null, wasOpen = false;

const panel = () => document.querySelector("#panel");
const isOpen = () => Boolean(document.querySelector("#panel.open"));
const close = () => document.querySelector("#panel.open .toggle-button")?.click();

/** What has changed: called whenever Gradio's page changes. */
export function lookAtArticle() {
  const article = document.querySelector("#article article");
  if (article && article !== shownArticle) {
    const quote = article.querySelector("mark") ?? article.querySelector(".quoted") ?? article.querySelector("header");
    quote.scrollIntoView({ block: "center", behavior: "instant" });
  }
  shownArticle = article;
  if (isOpen() !== wasOpen) turned(isOpen());
}

/** @param {boolean} open */
function turned(open) {
  wasOpen = open;
  document.body.classList.toggle("reading", open);
  for (const behind of document.querySelectorAll("#masthead, #intro, #talk, #more, #pending, #ask")) {
    behind.inert = open && SHEET.matches;
  }
  // A phone's Back closes what lies over the page, and does not leave it.
  if (open && SHEET.matches) history.pushState({ sheet: true }, "");
  else if (!open && history.state?.sheet) history.back();
  if (open) document.querySelector("#panel .toggle-button").focus({ preventScroll: true });
  else opener?.focus();
}

/** Name what Gradio leaves unnamed or names in English. */
export function nameParts() {
  const labelled = document.querySelectorAll(".message [aria-label]");
  for (const element of labelled) element.removeAttribute("aria-label");
  for (const [part, name] of [["talk", words.conversation], ["more", ""], ["article", ""]]) {
    const log = document.querySelector(`#${part} [role=log]`);
    if (log && name) log.setAttribute("aria-label", name);
    if (log && !name) for (const what of ["role", "aria-live", "aria-label"]) log.removeAttribute(what);
  }
  panel()?.setAttribute("role", "dialog");
  panel()?.setAttribute("aria-label", words.article_panel);
  document.querySelector("#panel .toggle-button")?.setAttribute("aria-label", words.close_article);
  document.querySelector("#panel .toggle-button")?.setAttribute("type", "button");
}

export function startArticle() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#talk button.read");
    if (button) {
      opener = button;
      send("wanted", [button.value]);
    } else if (SHEET.matches && isOpen() && !target.closest("#panel")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  addEventListener("popstate", () => {
    if (!history.state?.sheet) close();
  });
}

// What Gradio's page does not do by itself: open an article from its quote, and keep what matters in view.

const masthead = document.querySelector("#masthead");
let opener, shownArticle, wasOpen;

// "Read the full article" stands under every quote; Gradio's own message options show under the last message only.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button.read");
  if (button) {
    opener = button;
    const wanted = document.querySelector("#wanted textarea");
    wanted.value = button.value;
    wanted.dispatchEvent(new Event("input", { bubbles: true }));
    wanted.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
  }
  if (target.closest("#panel .toggle-button")) opener?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("#panel.open .toggle-button")?.click();
});

new MutationObserver((changes) => {
  if (changes.some(({ type, target }) => type === "childList" && target.closest("#talk"))) showNewest();
  showArticle();
  speak();
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["class"] });

function showNewest() {
  const trouble = document.querySelector("#talk .trouble");
  const question = [...document.querySelectorAll("#talk .user-row")].at(-1);
  if (trouble) trouble.scrollIntoView({ block: "nearest" });
  else question?.scrollIntoView({ block: "start" });
}

function showArticle() {
  const article = document.querySelector("#article article");
  if (article && article !== shownArticle) {
    const quote = article.querySelector(".quoted, mark") ?? article.querySelector("header");
    quote.scrollIntoView({ block: "center", behavior: "instant" });
  }
  const open = Boolean(document.querySelector("#panel.open"));
  if (open && !wasOpen) document.querySelector("#panel .toggle-button").focus({ preventScroll: true });
  shownArticle = article;
  wasOpen = open;
}

// Gradio labels a message with its HTML, the conversation, examples and the panel's button in English, and the
// page with the browser's language, also where it is none of ours.
function speak() {
  const labelled = document.querySelectorAll(".message [aria-label], .example[aria-label], [role=log][aria-label]");
  for (const element of labelled) element.removeAttribute("aria-label");
  document.querySelector("#panel .toggle-button")?.setAttribute("aria-label", masthead.dataset.close);
  if (document.documentElement.lang !== masthead.lang) document.documentElement.lang = masthead.lang;
}

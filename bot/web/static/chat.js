// The chat page's own script: Gradio holds and shows the conversation, the rest is here.

import { lookAtArticle, nameParts, startArticle } from "./chat_article.js";
import { look, start } from "./chat_asking.js";
import { language } from "./chat_bridge.js";
import { startDisplay } from "./chat_display.js";
import { startKiosk } from "./chat_kiosk.js";
import { startQuotes } from "./chat_quotes.js";
import { startVoice } from "./chat_voice.js";
import { startVotes } from "./chat_votes.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

new MutationObserver(() => {
  look();
  lookAtArticle();
  nameParts();
  // Gradio names the page's language after the browser's, and has a dark mode of its own.
  if (root.lang !== language) root.lang = language;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
}).observe(root, { childList: true, subtree: true, attributeFilter: ["class", "lang", "data-theme"] });

startDisplay();
startArticle();
startQuotes();
startVotes();
startVoice();
startKiosk();
start();

// A question may be spoken, where the browser can hear: the words go into the box, and are sent by hand.

import { language, words } from "./chat_bridge.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const TAGS = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: "en-US" };

export function startVoice() {
  const button = document.querySelector("#speak"), box = document.querySelector("#question");
  if (!Recognition || !window.isSecureContext) return;
  button.hidden = false;
  let hearing = null;

  function quiet() {
    hearing = null;
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", words.speak);
  }

  button.addEventListener("click", () => {
    if (hearing) return hearing.stop();
    hearing = new Recognition();
    hearing.lang = TAGS[language];
    hearing.addEventListener("result", ({ results }) => {
      box.value = [...results].map((result) => result[0].transcript).join("");
      box.dispatchEvent(new Event("input"));
    });
    hearing.addEventListener("end", () => {
      quiet();
      box.focus();
    });
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", words.stop_speaking);
    hearing.start();
  });
}

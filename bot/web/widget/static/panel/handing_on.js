// The buttons under a quote: its words on the clipboard with their source, or their link to others.

import { address } from "./api.js";
import { make, makeButton } from "./dom.js";
import { say } from "./given.js";
import { copyText, shareLink, withSource } from "./shared/handing_on.js";
import { origin } from "./text.js";

/** @typedef {{ text: string, link: string, copy: string, share: string }} Part of a quote, and the names of the words for its buttons */

/**
 * @param {Quote} quote
 * @param {Part} part
 * @param {Language} language
 * @param {(words: string) => void} tell says it to a screen reader
 */
export function handOn(quote, part, language, tell) {
  return make("span", { class: "pair" }, copyButton(quote, part, language, tell), shareButton(quote, part, language, tell));
}

/**
 * @param {Quote} quote
 * @param {Part} part
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function copyButton({ article }, part, language, tell) {
  return makeButton(say(part.copy, {}, language), async (button) => {
    const source = [article.title, ...origin(article, language)].join(" · ");
    const note = article.correction && say("correction", { note: article.correction }, language);
    const isCopied = await copyText(withSource({ text: part.text, source, note, link: address(part.link) }));
    button.textContent = say(isCopied ? "copied" : "not_copied", {}, language);
    tell(button.textContent);
  });
}

/**
 * @param {Quote} quote
 * @param {Part} part
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function shareButton({ article }, part, language, tell) {
  return makeButton(say(part.share, {}, language), async (button) => {
    const done = await shareLink(article.title, address(part.link));
    if (done === "shared") return;
    button.textContent = say(done === "copied" ? "link_copied" : "not_copied", {}, language);
    tell(button.textContent);
  });
}

// A quote on the clipboard, with its source.

import { address } from "./api.js";
import { say } from "./given.js";
import { origin } from "./text.js";

/**
 * @param {Quote} quote
 * @param {Language} language
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyQuote(quote, language) {
  const { title, correction } = quote.article;
  const source = [title, ...origin(quote.article, language)].join(" · ");
  const note = correction ? `\n${say("correction", { note: correction }, language)}` : "";
  const text = `${quote.text}\n—— ${source}${note}\n${address(quote.link)}`;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text); // The site's own policy forbids the new way.
  }
}

/** @param {string} text */
function copySelected(text) {
  /** @param {ClipboardEvent} event */
  const put = (event) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", put);
  return isCopied;
}

// A quote on the clipboard with its source, or its link to others.

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
  return copy(text);
}

/**
 * By the browser's own dialog, else by the clipboard.
 * @param {Quote} quote
 * @returns {Promise<"shared" | "copied" | "failed">} "shared" also where the visitor thought better of it
 */
export async function shareQuote({ article, link }) {
  const url = address(link);
  try {
    if (!navigator.share) throw new TypeError("this browser cannot share");
    await navigator.share({ title: article.title, url });
    return "shared";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "shared";
    return (await copy(url)) ? "copied" : "failed";
  }
}

/** @param {string} text */
async function copy(text) {
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

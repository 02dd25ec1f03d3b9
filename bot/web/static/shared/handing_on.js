// Words handed on: on the clipboard, with their source, or as a link to others.

/**
 * Published words with where they come from, for another text.
 * @param {{ text: string, source: string, note?: string, link: string }} quoted `note` is a correction
 */
export function withSource({ text, source, note, link }) {
  return [text, `—— ${source}`, note, link].filter(Boolean).join("\n");
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text); // without https, or where a site's own policy forbids the new way
  }
}

/**
 * By the browser's own dialog, else by the clipboard.
 * @param {string} title
 * @param {string} url
 * @returns {Promise<"shared" | "copied" | "failed">} "shared" also where the visitor thought better of it
 */
export async function shareLink(title, url) {
  try {
    if (!navigator.share) throw new TypeError("this browser cannot share");
    await navigator.share({ title, url });
    return "shared";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "shared";
    return (await copyText(url)) ? "copied" : "failed";
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

// The panel's page in its frame, and the messages to it and from it.

const GRACE = 1500; // ms from the frame's load event to the panel's first word, where the machine is slow
const PATIENCE = 20_000; // ms for a page that never ends loading

// With its own origin, for its API and its memory; it cannot move or touch the page around it.
const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";

/** @typedef {ReturnType<typeof makeFrame>} Frame */

/**
 * @param {URL} address
 * @param {string} title
 * @param {(message: FromPanel | { type: "away" }) => void} heard "away": the panel did not come
 */
function makeFrame(address, title, heard) {
  const element = document.createElement("iframe");
  let isReady = false;
  let waiting = setTimeout(giveUp, PATIENCE);

  function giveUp() {
    if (!isReady) heard({ type: "away" });
  }

  /** @param {MessageEvent} event */
  function listen({ source, origin, data }) {
    if (!source || source !== element.contentWindow || origin !== address.origin) return;
    if (data?.yuanwen !== given.protocol) return;
    if (data.type === "ready") isReady = true;
    heard(data);
  }

  element.setAttribute("sandbox", SANDBOX);
  // A browser that cannot share would complain of the word.
  element.allow = "share" in navigator ? "clipboard-write; web-share" : "clipboard-write";
  element.referrerPolicy = "no-referrer";
  element.title = title;
  // A page that says why there is no panel loads as well: the panel is there when it says so.
  element.addEventListener("load", () => {
    clearTimeout(waiting);
    waiting = setTimeout(giveUp, GRACE);
  });
  addEventListener("message", listen);
  element.src = address.href;

  return {
    element,
    /** Said to a panel that is ready; to another it would be lost. @param {ToPanel} message */
    tell(message) {
      element.contentWindow?.postMessage({ yuanwen: given.protocol, ...message }, address.origin);
    },
    isReady: () => isReady,
    remove() {
      clearTimeout(waiting);
      removeEventListener("message", listen);
      element.remove();
    },
  };
}

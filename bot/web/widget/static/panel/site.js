// The page around the panel. It is heard only from the origin that the server let in, and only as its parent.

import { given } from "./given.js";

const SITE = given.site || location.origin;

export const isFramed = window.parent !== window;

/** @param {FromPanel} message */
export function tellSite(message) {
  if (isFramed) window.parent.postMessage({ yuanwen: given.protocol, ...message }, SITE);
}

/**
 * @param {{ onOpen: (takesFocus: boolean) => void, onAsk: (question: string) => void }} actions
 */
export function hearSite({ onOpen, onAsk }) {
  addEventListener("message", ({ source, origin, data }) => {
    if (!isFramed || source !== window.parent || origin !== SITE || data?.yuanwen !== given.protocol) return;
    if (data.type === "open") onOpen(data.focus === true);
    if (data.type === "ask" && typeof data.question === "string") onAsk(data.question);
  });
}

// What the visitor thinks of an answer.

import { language, words } from "./chat_bridge.js";
import { cast } from "./shared/voting.js";

/** @param {string} answerId @param {"up" | "down"} vote @param {string} comment @returns {Promise<string>} why it was not kept */
async function send(answerId, vote, comment) {
  try {
    const answer = await fetch("./api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ answer_id: answerId, vote, comment }),
    });
    return answer.ok ? "" : (await answer.json()).detail;
  } catch {
    return words.lost;
  }
}

/** The place under the answer where the program says what came of a vote. @param {Element} tools */
function status(tools) {
  const made = tools.querySelector("output") ?? document.createElement("output");
  tools.append(made);
  return made;
}

export function startVotes() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#talk .vote");
    if (!button) return;
    const element = button.closest(".tools");
    const ballot = { element, status: status(element), words, send: (vote, comment) => send(button.value, vote, comment) };
    cast(ballot, button.matches(".up") ? "up" : "down");
  });
}

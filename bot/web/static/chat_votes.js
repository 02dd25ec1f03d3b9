// What the visitor thinks of an answer: a vote, and if it was none, what was wrong.

import { language, words } from "./chat_bridge.js";

/** @param {string} answerId @param {"up" | "down"} vote @param {string} comment @returns {Promise<string>} what to say */
async function judge(answerId, vote, comment) {
  try {
    const answer = await fetch("./api/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ answer_id: answerId, vote, comment }),
    });
    return answer.ok ? words.thanks : (await answer.json()).detail;
  } catch {
    return words.lost;
  }
}

/** The place under the answer where the program says what came of a vote. @param {Element} tools */
function told(tools) {
  const made = tools.querySelector("output") ?? document.createElement("output");
  tools.append(made);
  return made;
}

/** @param {HTMLButtonElement} button */
async function vote(button) {
  const tools = button.closest(".tools");
  const kind = button.matches(".up") ? "up" : "down";
  for (const each of tools.querySelectorAll(".vote")) each.setAttribute("aria-pressed", String(each === button));
  tools.querySelector("form")?.remove();
  const place = told(tools);
  place.textContent = await judge(button.value, kind, "");
  if (kind === "down" && place.textContent === words.thanks) tools.append(commentForm(button.value, place));
}

/** @param {string} answerId @param {HTMLElement} place */
function commentForm(answerId, place) {
  const form = document.createElement("form"), label = document.createElement("label");
  const field = document.createElement("input"), send = document.createElement("button");
  field.maxLength = 500;
  label.append(words.what_wrong, field);
  send.textContent = words.send_comment;
  form.append(label, send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (field.value.trim()) place.textContent = await judge(answerId, "down", field.value.trim());
    form.remove();
  });
  return form;
}

export function startVotes() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#talk .vote");
    if (button) vote(button);
  });
}

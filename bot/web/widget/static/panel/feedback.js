// Did this answer help? A vote, and after a bad one the chance to say what was wrong.

import { judge, Trouble } from "./api.js";
import { make, makeButton } from "./dom.js";
import { say } from "./given.js";

/**
 * @param {string} answerId
 * @param {Language} language
 */
export function feedback(answerId, language) {
  const status = make("p", { role: "status" });
  const votes = /** @type {const} */ (["up", "down"]).map((vote) =>
    makeButton(say(vote === "up" ? "good" : "bad", {}, language), () => cast(vote), `vote ${vote}`),
  );
  const question = make("div", { class: "votes" }, make("span", {}, say("did_it_help", {}, language)), make("span", { class: "pair" }, ...votes));
  const element = make("div", { class: "feedback", lang: language, role: "group" }, question, status);
  element.setAttribute("aria-label", say("did_it_help", {}, language));

  /** @param {Vote} vote */
  async function cast(vote) {
    element.querySelector("form")?.remove();
    if (!(await send(vote, ""))) return;
    for (const button of votes) button.setAttribute("aria-pressed", String(button.classList.contains(vote)));
    if (vote === "down") element.append(commentForm(language, (comment) => send("down", comment)));
    element.querySelector("textarea")?.focus({ preventScroll: true });
  }

  /**
   * @param {Vote} vote
   * @param {string} comment
   */
  async function send(vote, comment) {
    try {
      await judge(answerId, vote, comment);
      status.textContent = say("thanks", {}, language);
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      status.textContent = error.message;
      return false;
    }
  }

  return element;
}

/**
 * @param {Language} language
 * @param {(comment: string) => Promise<boolean>} send
 */
function commentForm(language, send) {
  const box = make("textarea", { rows: "2", maxlength: "500" });
  const label = make("label", {}, say("what_wrong", {}, language), box);
  const form = make("form", {}, label, make("button", { type: "submit" }, say("send_comment", {}, language)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(box.value.trim())) form.remove();
  });
  return form;
}

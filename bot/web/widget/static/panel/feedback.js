// Did this answer help?

import { judge, Trouble } from "./api.js";
import { make, makeButton } from "./dom.js";
import { say } from "./given.js";
import { cast } from "./shared/voting.js";

/**
 * @param {string} answerId
 * @param {Language} language
 */
export function feedback(answerId, language) {
  const status = make("p", { role: "status" });
  const votes = /** @type {const} */ (["up", "down"]).map((vote) =>
    makeButton(say(vote === "up" ? "good" : "bad", {}, language), () => cast(ballot, vote), `vote ${vote}`),
  );
  const question = make("div", { class: "votes" }, make("span", {}, say("did_it_help", {}, language)), make("span", { class: "pair" }, ...votes));
  const element = make("div", { class: "feedback", lang: language, role: "group" }, question, status);
  element.setAttribute("aria-label", say("did_it_help", {}, language));
  const words = {
    thanks: say("thanks", {}, language),
    what_wrong: say("what_wrong", {}, language),
    send_comment: say("send_comment", {}, language),
  };
  const ballot = { element, status, words, send };

  /**
   * @param {Vote} vote
   * @param {string} comment
   */
  async function send(vote, comment) {
    try {
      await judge(answerId, vote, comment);
      return "";
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return error.message;
    }
  }

  return element;
}

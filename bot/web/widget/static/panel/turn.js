// One question on the page, and what comes of it.

import { answerParts, spoken } from "./cards.js";
import { make, makeButton } from "./dom.js";
import { feedback } from "./feedback.js";
import { languageFor, say } from "./given.js";

/**
 * @param {string} question
 * @param {(words: string) => void} tell says it to a screen reader
 */
export function makeTurn(question, tell) {
  const outcome = make("div", { class: "outcome" });
  const heading = make("h2", { class: "asked" }, make("span", { class: "unseen" }, say("you_asked")), question);
  const element = make("section", { class: "turn" }, heading, outcome);

  return {
    element,
    wait() {
      outcome.replaceChildren(make("p", { class: "searching" }, say("searching")));
      tell(say("searching"));
    },
    /**
     * @param {Answer} answer
     * @param {Node[]} more what else to show
     */
    show(answer, more) {
      outcome.replaceChildren(...answerParts(answer, tell), ...more);
      if (answer.verdict !== "talk" && !answer.cards.length) outcome.append(feedback(answer.answer_id, languageFor(answer.language)));
    },
    /** @param {Answer} answer */
    speak(answer) {
      tell(spoken(answer));
    },
    /**
     * @param {string} words
     * @param {() => void} retry
     */
    fail(words, retry) {
      outcome.replaceChildren(make("p", { class: "trouble" }, words), makeButton(say("again"), retry, "retry"));
      tell(words);
    },
  };
}

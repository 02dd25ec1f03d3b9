// Questions to be asked by a click.

import { make, makeButton } from "./dom.js";
import { given } from "./given.js";

/**
 * A list with a heading; nothing where there are no questions.
 * @param {string} heading "" where other words lead up to it
 * @param {string[]} questions
 * @param {(question: string) => void} ask
 * @param {Language} [language] the heading's
 */
export function questionList(heading, questions, ask, language = given.language) {
  if (!questions.length) return [];
  const items = questions.map((question) => make("li", {}, makeButton(question, () => ask(question), "example")));
  const words = heading ? [make("p", { lang: language }, heading)] : [];
  return [make("div", { class: "examples" }, ...words, make("ul", {}, ...items))];
}

/**
 * What a question asked back lets choose: each asks its own question.
 * @param {Choice[]} choices
 * @param {(question: string) => void} ask
 */
export function choiceList(choices, ask) {
  const items = choices.map(({ label, question }) => {
    const button = makeButton(label, () => ask(question), "example");
    button.setAttribute("aria-label", question);
    return make("li", {}, button);
  });
  return [make("div", { class: "examples choices" }, make("ul", {}, ...items))];
}

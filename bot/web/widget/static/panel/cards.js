// An answer as it is shown: what to make of it, and a card for each quote.

import { address } from "./api.js";
import { copyQuote } from "./copy.js";
import { make, makeButton } from "./dom.js";
import { given, say } from "./given.js";
import { languageOf, origin, pieces } from "./text.js";

/**
 * @param {Answer} answer
 * @param {(words: string) => void} tell says it to a screen reader
 */
export function answerParts(answer, tell) {
  const words = answer.reply ?? say(answer.verdict, {}, answer.language);
  const line = make("p", { class: `verdict ${answer.verdict}`, lang: answer.language }, words);
  const cards = answer.quotes.map((quote) => quoteCard(quote, answer.language, tell));
  return [line, ...cards, ...(answer.verdict === "none" ? [wayOut(answer)] : [])];
}

/**
 * What a screen reader should say of an answer: what to make of it, and the best sentence.
 * @param {Answer} answer
 */
export function spoken(answer) {
  const words = answer.reply ?? say(answer.verdict, {}, answer.language);
  const best = answer.quotes.slice(0, 1).flatMap(pieces).filter((piece) => piece.isMarked);
  return [words, ...best.map((piece) => piece.text)].join(" ");
}

/**
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function quoteCard(quote, language, tell) {
  const text = pieces(quote).map((piece) => (piece.isMarked ? make("mark", {}, piece.text) : piece.text));
  const parts = origin(quote.article, language).map((part) => make("span", {}, part));
  const copy = makeButton(say("copy_quote", {}, language), async (button) => {
    const isCopied = await copyQuote(quote, language);
    button.textContent = say(isCopied ? "copied" : "not_copied", {}, language);
    tell(button.textContent);
  });
  return make(
    "figure",
    { class: "quote", lang: language },
    make("blockquote", { lang: languageOf(quote.text) }, ...text),
    make(
      "figcaption",
      {},
      make("cite", { lang: languageOf(quote.article.title) }, quote.article.title),
      make("p", { class: "origin" }, ...parts),
      make("p", { class: "actions" }, link(quote.link, say("read_article", {}, language), language), copy),
    ),
  );
}

/**
 * Where to go from an answer that there is none: the nearest articles, and whom to ask.
 * @param {Answer} answer
 */
function wayOut({ nearest, language }) {
  const items = nearest.map(({ id, title }) =>
    make("li", {}, link(`/articles/${encodeURIComponent(id)}`, title, language)),
  );
  const articles = [make("p", {}, say("nearest", {}, language)), make("ul", { class: "nearest" }, ...items)];
  const contact = make("p", { class: "contact" }, say("contact", { contact: given.contact }, language));
  return make("div", { lang: language }, ...(items.length ? articles : []), ...(given.contact ? [contact] : []));
}

/**
 * @param {string} path
 * @param {string} label
 * @param {Language} language
 */
function link(path, label, language) {
  const hint = make("span", { class: "unseen" }, ` (${say("new_tab", {}, language)})`);
  return make("a", { href: address(path), target: "_blank", rel: "noopener", class: "read" }, label, hint);
}

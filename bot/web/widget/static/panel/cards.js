// An answer as it is shown: what to make of it, and a card for each quote.

import { address } from "./api.js";
import { copyQuote, shareQuote } from "./copy.js";
import { make, makeButton, outside } from "./dom.js";
import { given, languageFor, say } from "./given.js";
import { alsoIn, warnings } from "./standing.js";
import { languageOf, origin, partsOf, pieces } from "./text.js";

/**
 * @param {Answer} answer
 * @param {(words: string) => void} tell says it to a screen reader
 */
export function answerParts(answer, tell) {
  const language = languageFor(answer.language);
  if (answer.reply) return [make("p", { class: "verdict talk", lang: language }, partsOf(answer.reply).said)];
  const basis = answer.quotes.length ? [" ", make("span", { class: "basis" }, basisOf(answer, language))] : [];
  const words = make("strong", {}, verdictOf(answer, language));
  const line = make("p", { class: `verdict ${answer.verdict}`, lang: language }, words, ...basis);
  const cards = answer.quotes.map((quote) => quoteCard(quote, language, tell));
  return [line, ...cards, ...(answer.verdict === "none" ? [wayOut(answer.nearest, language)] : [])];
}

/**
 * What a screen reader should say of an answer: what to make of it, and the best sentence.
 * @param {Answer} answer
 */
export function spoken(answer) {
  const best = answer.quotes.slice(0, 1).flatMap(pieces).filter((piece) => piece.isMarked);
  return [verdictOf(answer, languageFor(answer.language)), ...best.map((piece) => piece.text)].join(" ");
}

/**
 * @param {Answer} answer
 * @param {Language} language
 */
function verdictOf({ verdict, reply }, language) {
  return reply ? partsOf(reply).said : say(verdict, {}, language);
}

/**
 * Where the answer comes from and how sure it is.
 * @param {Answer} answer
 * @param {Language} language
 */
function basisOf({ quotes, verdict, confidence }, language) {
  const count = new Set(quotes.map((quote) => quote.article.id)).size;
  const sureness = verdict === "unsure" ? "not_sure" : confidence >= given.verySure ? "very_sure" : "sure";
  return `${say(count === 1 ? "from_one" : "from_several", { count }, language)} · ${say(sureness, {}, language)}`;
}

/**
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function quoteCard(quote, language, tell) {
  const text = pieces(quote).map((piece) => (piece.isMarked ? make("mark", {}, piece.text) : piece.text));
  const source = make("figcaption", { lang: language });
  const handOn = make("span", { class: "pair" }, copyButton(quote, language, tell), shareButton(quote, language, tell));
  source.append(
    make("cite", { lang: languageOf(quote.article.title) }, quote.article.title),
    make("p", { class: "origin" }, ...originParts(quote.article, language)),
    ...alsoIn(quote.also_in, language),
    make("p", { class: "actions" }, read(quote.link, say("read_article", {}, language), language), handOn),
  );
  const words = make("blockquote", { lang: languageOf(quote.text) }, ...text);
  return make("figure", { class: "quote" }, ...warnings(quote, language), words, source);
}

/**
 * @param {Article} article
 * @param {Language} language
 */
function originParts(article, language) {
  const parts = origin(article, language).map((part) => make("span", {}, part));
  const isPage = /^https?:\/\//.test(article.url);
  return isPage ? [...parts, make("span", {}, outside(article.url, say("original_page", {}, language), newTab(language)))] : parts;
}

/**
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function copyButton(quote, language, tell) {
  return makeButton(say("copy", {}, language), async (button) => {
    const isCopied = await copyQuote(quote, language);
    button.textContent = say(isCopied ? "copied" : "not_copied", {}, language);
    tell(button.textContent);
  });
}

/**
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function shareButton(quote, language, tell) {
  return makeButton(say("share", {}, language), async (button) => {
    const done = await shareQuote(quote);
    if (done === "shared") return;
    button.textContent = say(done === "copied" ? "link_copied" : "not_copied", {}, language);
    tell(button.textContent);
  });
}

/**
 * Where to go from an answer that there is none: the nearest articles, and whom to ask.
 * @param {Title[]} nearest
 * @param {Language} language
 */
function wayOut(nearest, language) {
  const items = nearest.map(({ id, title }) => make("li", {}, read(`/articles/${encodeURIComponent(id)}`, title, language)));
  const articles = [make("p", {}, say("nearest", {}, language)), make("ul", { class: "nearest" }, ...items)];
  const [before, after] = say("contact", { contact: "\n" }, language).split("\n");
  const contact = make("p", { class: "contact" }, before, make("span", {}, given.contact), after);
  return make("div", { lang: language }, ...(items.length ? articles : []), ...(given.contact ? [contact] : []));
}

/**
 * @param {string} path of an article
 * @param {string} label
 * @param {Language} language
 */
function read(path, label, language) {
  const link = outside(address(path), label, newTab(language));
  link.className = "read";
  return link;
}

/** @param {Language} language */
function newTab(language) {
  return say("new_tab", {}, language);
}

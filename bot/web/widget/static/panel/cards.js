// An answer as it is shown: what to make of it, and a card for each quote.

import { address } from "./api.js";
import { make, outside } from "./dom.js";
import { given, languageFor, say } from "./given.js";
import { handOn } from "./handing_on.js";
import { aloudButton } from "./reading.js";
import { alsoIn, warnings } from "./standing.js";
import { languageOf, origin, partsOf, pieces, sentenceOf } from "./text.js";

/**
 * @param {Answer} answer
 * @param {(words: string) => void} tell says it to a screen reader
 */
export function answerParts(answer, tell) {
  const language = languageFor(answer.language);
  if (answer.parts.length) return severalParts(answer, tell, language);
  if (answer.cards.length && !answer.quotes.length) return notices(answer.cards, language);
  if (answer.listed.length) return [listed(answer, language)];
  if (answer.reply) return [make("p", { class: "verdict talk", lang: language }, partsOf(answer.reply).said)];
  const basis = answer.quotes.length ? [" ", make("span", { class: "basis" }, basisOf(answer, language))] : [];
  const words = make("strong", {}, verdictOf(answer, language));
  const line = make("p", { class: `verdict ${answer.verdict}`, lang: language }, words, ...basis);
  const [first, ...others] = answer.quotes.map((quote) => quoteCard(quote, language, tell));
  return [
    ...notices(answer.cards, language),
    line,
    ...aloudButton(spokenParts(answer, language), language),
    ...(first ? [first] : []),
    ...(others.length ? [further(others, language)] : []),
    ...(answer.verdict === "none" ? [nearestArticles(answer.nearest, language)] : []),
    ...(!answer.cards.length && (answer.verdict === "none" || answer.verdict === "unsure") ? contact(language) : []),
  ];
}

/**
 * The questions of one line, each with the sentence that answers it.
 * @param {Answer} answer
 * @param {(words: string) => void} tell
 * @param {Language} language
 */
function severalParts(answer, tell, language) {
  const isOpen = answer.verdict === "none" || answer.verdict === "unsure";
  return [
    ...notices(answer.cards, language),
    ...answer.parts.map((part) => onePart(part, tell, language)),
    ...(isOpen && !answer.cards.length ? contact(language) : []),
  ];
}

/**
 * @param {Answer} answer
 * @param {(words: string) => void} tell
 * @param {Language} language
 */
function onePart(answer, tell, language) {
  const line = make("p", { class: `verdict ${answer.verdict}`, lang: language }, verdictOf(answer, language));
  const sentences = answer.quotes.slice(0, 1).map((quote) => quoteCard(quote, language, tell));
  const heading = make("h3", { lang: languageOf(answer.question) }, answer.question);
  return make("section", { class: "part" }, heading, line, ...sentences);
}

/**
 * The articles that a reply speaks of.
 * @param {Answer} answer
 * @param {Language} language
 */
function listed({ reply = "", listed }, language) {
  const items = listed.map(({ id, title }) => make("li", {}, read(`/articles/${encodeURIComponent(id)}`, title, language)));
  return make("div", { lang: language }, make("p", { class: "verdict talk" }, partsOf(reply).said), make("ul", { class: "nearest" }, ...items));
}

/**
 * What a screen reader should say of an answer: what to make of it, and the best sentence.
 * @param {Answer} answer
 */
export function spoken(answer) {
  return spokenParts(answer, languageFor(answer.language)).slice(0, 2).map((part) => part.text).join(" ");
}

/**
 * What to make of an answer, the sentence and its source.
 * @param {Answer} answer
 * @param {Language} language
 */
function spokenParts(answer, language) {
  const parts = [{ text: verdictOf(answer, language), language: /** @type {string} */ (language) }];
  const [first] = answer.quotes;
  if (!first) return parts;
  const { text } = sentencePart(first);
  const { title } = first.article;
  return [...parts, { text, language: languageOf(text) }, { text: title, language: languageOf(title) }];
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
 * The publisher's notices for somebody in need, before all else: its own words, no quotation.
 * @param {Card[]} cards
 * @param {Language} language
 */
function notices(cards, language) {
  return cards.map(({ title, text, phones }) => {
    const from = make("p", { class: "from", lang: language }, say("publishers_notice", {}, language));
    const words = text.split("\n").filter((line) => line.trim()).map((line) => make("p", {}, line));
    const numbers = phones.map((phone) => make("a", { href: `tel:${phone.replace(/[^\d+]/g, "")}` }, phone));
    const calls = numbers.length ? [make("p", { class: "phones" }, ...numbers)] : [];
    return make("section", { class: "card verdict", lang: languageOf(text) }, from, make("h3", {}, title), ...words, ...calls);
  });
}

/**
 * The sentence that answers, with its source; the words around it folded.
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function quoteCard(quote, language, tell) {
  const { title } = quote.article;
  const source = make("figcaption", { lang: language });
  source.append(
    make("cite", { lang: languageOf(title) }, title),
    make("p", { class: "origin" }, ...originParts(quote.article, language)),
    ...context(quote, language, tell),
    ...alsoIn(quote.also_in, language),
    make("p", { class: "actions" }, read(quote.link, say("read_article", {}, language), language), handOn(quote, sentencePart(quote), language, tell)),
  );
  const words = make("blockquote", { class: quote.clause ? "sentence long" : "sentence", lang: languageOf(quote.text) }, ...wordsOf(quote, sentenceOf(quote)));
  return make("figure", { class: "quote" }, ...warnings(quote, language), words, ...foreign(quote, language), source);
}

/** @param {Quote} quote */
function sentencePart(quote) {
  const text = pieces(quote, sentenceOf(quote)).map((piece) => piece.text).join("");
  return { text, link: quote.sentence_link, copy: "copy", share: "share" };
}

/**
 * @param {Quote} quote
 * @param {Span} part
 */
function wordsOf(quote, part) {
  return pieces(quote, part).map(({ text, isMarked, isClause }) => {
    if (!isMarked) return text;
    return make("mark", {}, isClause ? make("strong", {}, text) : text);
  });
}

/**
 * The whole quote, folded; nothing where the sentence is all of it.
 * @param {Quote} quote
 * @param {Language} language
 * @param {(words: string) => void} tell
 */
function context(quote, language, tell) {
  const [from, to] = sentenceOf(quote);
  if (from === quote.start && to === quote.end) return [];
  const whole = { text: quote.text, link: quote.link, copy: "copy_quote", share: "share_quote" };
  const words = make("blockquote", { lang: languageOf(quote.text) }, ...wordsOf(quote, [quote.start, quote.end]));
  const summary = make("summary", {}, say("context", {}, language));
  return [make("details", { class: "context" }, summary, words, handOn(quote, whole, language, tell))];
}

/**
 * Quotes that stand behind the first one, folded under words that say what they are.
 * @param {HTMLElement[]} cards
 * @param {Language} language
 */
function further(cards, language) {
  const count = cards.length;
  const summary = make("summary", {}, say(count === 1 ? "further_one" : "further", { count }, language));
  return make("details", { class: "further", lang: language }, summary, ...cards);
}

/**
 * To a reader of English: that the quote is in Chinese.
 * @param {Quote} quote
 * @param {Language} language
 */
function foreign(quote, language) {
  const isForeign = language === "en" && languageOf(quote.text) !== "en";
  return isForeign ? [make("p", { class: "foreign", lang: language }, say("quoted_in_chinese", {}, language))] : [];
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
 * @param {Title[]} nearest
 * @param {Language} language
 */
function nearestArticles(nearest, language) {
  const items = nearest.map(({ id, title }) => make("li", {}, read(`/articles/${encodeURIComponent(id)}`, title, language)));
  const articles = [make("p", {}, say("nearest", {}, language)), make("ul", { class: "nearest" }, ...items)];
  return make("div", { lang: language }, ...(items.length ? articles : []));
}

/**
 * Whom to ask instead, if the publisher says so.
 * @param {Language} language
 */
function contact(language) {
  if (!given.contact.length) return [];
  const [before, after] = say("contact", { contact: "\n" }, language).split("\n");
  const whom = given.contact.map(([words, link]) => (link ? make("a", { href: link }, words) : words));
  return [make("p", { class: "contact", lang: language }, before, make("span", {}, ...whom), after)];
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

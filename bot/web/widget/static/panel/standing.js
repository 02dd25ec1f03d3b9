// What has become of a quoted article since, and where else its text was published.

import { address } from "./api.js";
import { make, outside } from "./dom.js";
import { say } from "./given.js";
import { dateWords, languageOf, stated } from "./text.js";

/**
 * What must not be read over: a correction, that a machine has read it, that it is no longer valid, and what has taken the article's place.
 * @param {Quote} quote
 * @param {Language} language
 */
export function warnings({ article, superseded_by: newer, was_valid_until: last }, language) {
  return [
    ...(article.correction ? [note(article.correction, language)] : []),
    ...(article.is_scanned ? [make("p", { class: "scanned", lang: language }, say("scanned", {}, language))] : []),
    ...(last ? [expiry(last, language)] : []),
    ...(newer ? [supersession(newer, language)] : []),
  ];
}

/**
 * @param {Copy[]} copies
 * @param {Language} language
 */
export function alsoIn(copies, language) {
  if (!copies.length) return [];
  const items = copies.map((copy) => {
    const from = stated(copy, language).join(" · ");
    const notes = copy.correction ? [note(copy.correction, language)] : [];
    return make("li", {}, link(copy, copy.title, language), ...(from ? [make("p", { class: "origin" }, from)] : []), ...notes);
  });
  return [make("div", { class: "also" }, make("p", {}, say("also_in", {}, language)), make("ul", {}, ...items))];
}

/**
 * @param {string} words
 * @param {Language} language
 */
function note(words, language) {
  return make("p", { class: "correction", lang: language }, say("correction", { note: words }, language));
}

/**
 * @param {string} last the day, like 2025-12-31
 * @param {Language} language
 */
function expiry(last, language) {
  return make("p", { class: "expired", lang: language }, say("was_valid", { date: dateWords(last, language) }, language));
}

/**
 * @param {Linked} newer
 * @param {Language} language
 */
function supersession(newer, language) {
  const [before, after] = say("superseded", { link: "\n" }, language).split("\n");
  const title = say("superseded_title", { title: newer.title }, language);
  return make("p", { class: "superseded", lang: language }, before, link(newer, title, language), after);
}

/**
 * @param {Linked} article
 * @param {string} label
 * @param {Language} language
 */
function link(article, label, language) {
  const made = outside(address(article.link), label, say("new_tab", {}, language));
  made.lang = languageOf(article.title);
  return made;
}

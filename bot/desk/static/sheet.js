// Comfort on the two columns: the source follows to the article that is looked at, local time for publishing
// later, and a word before typed text is left.
"use strict";

const form = document.getElementById("articles");
form.elements.zone.value = new Date().getTimezoneOffset();

let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

const source = document.querySelector(".source");
form.addEventListener("focusin", (event) => {
  const number = event.target.closest("fieldset")?.dataset.number;
  const first = number && source.querySelector(`[data-number="${number}"]`);
  if (first) source.scrollTop = first.offsetTop - source.offsetTop - 8;
});

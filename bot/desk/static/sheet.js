// Comfort on the two columns: local time for publishing later, and a word before typed text is left.
"use strict";

const form = document.getElementById("articles");
form.elements.zone.value = new Date().getTimezoneOffset();

let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

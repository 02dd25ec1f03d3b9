// Comfort on the page that takes files: drop them anywhere, and see how far the sending is.
"use strict";

const form = document.querySelector("form.card");
const files = document.getElementById("files");
const progress = document.getElementById("progress");

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  progress.hidden = false;
  request.upload.addEventListener("progress", (sent) => {
    progress.querySelector("progress").value = sent.total ? sent.loaded / sent.total : 0;
  });
  request.addEventListener("load", () => {
    if (new URL(request.responseURL).pathname !== new URL(form.action).pathname) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main") ?? page.body);
    document.querySelector("main, .problem")?.focus();
  });
  request.addEventListener("error", () => form.submit());
  request.send(new FormData(form));
});

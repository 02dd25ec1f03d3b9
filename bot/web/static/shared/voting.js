// Did this answer help? A vote, and after a bad one the chance to say what was wrong.

const LONGEST = 500; // characters of a comment; the API takes no more

/**
 * @typedef {object} Ballot
 * @property {Element} element around the buttons; the comment's form is added to it
 * @property {Element} status where it is told what came of a vote
 * @property {{ thanks: string, what_wrong: string, send_comment: string }} words
 * @property {(vote: "up" | "down", comment: string) => Promise<string>} send ends with why it was not kept, "" where it was
 */

/**
 * @param {Ballot} ballot
 * @param {"up" | "down"} vote
 */
export async function cast(ballot, vote) {
  ballot.element.querySelector("form")?.remove();
  if (!(await send(ballot, vote, ""))) return;
  for (const button of ballot.element.querySelectorAll(".vote")) {
    button.setAttribute("aria-pressed", String(button.classList.contains(vote)));
  }
  if (vote !== "down") return;
  const form = commentForm(ballot);
  ballot.element.append(form);
  form.querySelector("textarea")?.focus({ preventScroll: true });
}

/**
 * @param {Ballot} ballot
 * @param {"up" | "down"} vote
 * @param {string} comment
 */
async function send(ballot, vote, comment) {
  const refusal = await ballot.send(vote, comment);
  ballot.status.textContent = refusal || ballot.words.thanks;
  return !refusal;
}

/** @param {Ballot} ballot */
function commentForm(ballot) {
  const form = document.createElement("form"), label = document.createElement("label");
  const field = document.createElement("textarea"), button = document.createElement("button");
  field.rows = 2;
  field.maxLength = LONGEST;
  label.append(ballot.words.what_wrong, field);
  button.textContent = ballot.words.send_comment;
  form.append(label, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim() || (await send(ballot, "down", field.value.trim()))) form.remove();
  });
  return form;
}

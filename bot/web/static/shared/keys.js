// The key that sends a question.

/**
 * Enter, but not with Shift, nor while an input method composes: some browsers say so by keyCode 229 alone.
 * @param {KeyboardEvent} event
 */
export function isSending(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

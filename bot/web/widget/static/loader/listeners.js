// Who on the page wants to hear of what.

function makeListeners() {
  /** @type {Record<WidgetEvent, Set<Listener>>} */
  const listeners = { open: new Set(), close: new Set(), answer: new Set() };

  /** @param {WidgetEvent} event */
  function of(event) {
    if (Object.hasOwn(listeners, event)) return listeners[event];
    throw new TypeError(`yuanwen has no event "${event}"; it has ${Object.keys(listeners).join(", ")}`);
  }

  return {
    /** @type {Yuanwen["on"]} */
    add: (event, listener) => void of(event).add(listener),
    /** @type {Yuanwen["off"]} */
    remove: (event, listener) => void of(event).delete(listener),
    /**
     * @param {WidgetEvent} event
     * @param {{ verdict?: Verdict }} detail
     */
    call(event, detail) {
      for (const listener of of(event)) {
        try {
          listener(detail);
        } catch (error) {
          reportError(error); // the page's own mistake
        }
      }
    },
  };
}

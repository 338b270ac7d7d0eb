/* Times what a person sees: from the key that chooses a client to the frame after which nothing on the page changes.

   Runs before any script of the page, ours or a peer's. A change is a mutation of the body; a frame is painted when a
   message posted from its animation callback arrives. Answers of the server are awaited, bodies included. */
(() => {
  "use strict";

  const QUIET = 300; // milliseconds
  const state = { pending: 0, begun: 0, painted: 0, active: 0, awaitsKey: false, isFrameAsked: false, frames: 0 };

  function changed() {
    state.active = performance.now();
    if (state.isFrameAsked) return;
    state.isFrameAsked = true;
    state.frames += 1;
    requestAnimationFrame(() => {
      state.isFrameAsked = false; // what changes from now on may need another frame
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        state.frames -= 1;
        state.painted = performance.now();
        channel.port1.close();
      };
      channel.port2.postMessage(null);
    });
  }

  function asked() {
    state.pending += 1;
  }

  function answered() {
    state.pending -= 1;
    state.active = performance.now();
  }

  const ask = window.fetch;
  window.fetch = function (...request) {
    asked();
    return ask.apply(this, request).finally(answered);
  };

  for (const name of ["json", "text", "arrayBuffer", "blob"]) {
    const read = Response.prototype[name];
    Response.prototype[name] = function () {
      asked();
      return read.call(this).finally(answered);
    };
  }

  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...body) {
    asked();
    this.addEventListener("loadend", answered, { once: true });
    return send.apply(this, body);
  };

  function keyPressed(event) {
    if (!state.awaitsKey || event.key !== "Enter") return;
    state.awaitsKey = false;
    state.begun = event.timeStamp;
  }

  window.addEventListener("keydown", keyPressed, { capture: true });
  document.addEventListener("DOMContentLoaded", () => {
    const everything = { childList: true, attributes: true, characterData: true, subtree: true };
    new MutationObserver(changed).observe(document.body, everything);
    changed(); // the page as it came
  });

  window.clickToPaint = {
    /* The next Enter starts the clock. */
    arm() {
      Object.assign(state, { begun: 0, painted: 0, awaitsKey: true });
    },
    /* Whether the page has changed since the start, and has now been still for long enough. */
    isSettled() {
      const isDrawn = !state.awaitsKey && state.pending === 0 && state.frames === 0 && state.painted > state.begun;
      return isDrawn && performance.now() - state.active >= QUIET;
    },
    /* Milliseconds from the start, or from the opening of the page, to the last frame that changed anything. */
    took() {
      return state.painted - state.begun;
    },
  };
})();

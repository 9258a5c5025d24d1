// A page whose results are being solved: says how far they are, and loads the page when they are there.
"use strict";

(() => {
  const PAUSE = 500;
  const box = document.querySelector("[data-solving]");
  const address = box.dataset.solving + location.search;
  const ask = async () => {
    try {
      const answer = await fetch(address);
      const told = answer.ok ? await answer.json() : { ready: true };
      if (told.ready) return location.reload();
      if (box.textContent !== told.words) box.textContent = told.words;
    } catch {
      box.textContent = "The server does not answer; this page asks again.";
    }
    return setTimeout(ask, PAUSE);
  };
  setTimeout(ask, PAUSE);
})();

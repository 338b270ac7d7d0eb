/* The criteria of a group: a box that is ticked and two ends that are typed become an address. */
(function () {
  "use strict";

  const PLACE = "__range__";

  /* A box to tick names the address that it leads to. */
  function followTick(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.dataset.href) return;
    window.scoring_dash.goTo(box.dataset.href, box.id);
  }

  const LARGEST = 1e15;

  /* A number as people of the page's language write it: null for an empty box, NaN for what is none or could be two. */
  function readNumber(text, factor) {
    const bare = text.replace(/[\s\u00a0\u202f'\u2019]/g, "").replace("\u2212", "-");
    if (bare === "") return null;
    const isFrench = document.documentElement.lang === "fr";
    const plain = isFrench ? bare.replace(",", ".") : bare.replace(/^(-?\d{1,3})((?:,\d{3})+)(?=\.|$)/, (_, first, more) => first + more.replaceAll(",", ""));
    // In French a point may divide thousands elsewhere: 100.000 is not guessed at.
    const isAmbiguous = isFrench && /^-?\d{1,3}(\.\d{3})+$/.test(bare);
    const number = Number((Number(plain) * factor).toPrecision(12));
    return /^-?\d+(\.\d+)?$/.test(plain) && !isAmbiguous && Math.abs(number) <= LARGEST ? number : NaN;
  }

  function followRange(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.range) return;
    event.preventDefault();
    const boxes = [...form.querySelectorAll("input")];
    const ends = boxes.map((box) => readNumber(box.value, Number(form.dataset.factor)));
    const isWrong = ends.some(Number.isNaN) || ends.every((end) => end === null);
    const fault = form.querySelector(".fault");
    fault.textContent = isWrong ? form.dataset.wrong : "";
    boxes.forEach((box, place) => {
      box.setAttribute("aria-invalid", isWrong && (Number.isNaN(ends[place]) || ends[place] === null));
      box.setAttribute("aria-describedby", fault.id);
    });
    if (isWrong) {
      boxes[ends.findIndex((end) => end === null || Number.isNaN(end))].focus();
      return;
    }
    // Whoever types the larger end first means the same range.
    if (ends.every((end) => end !== null)) ends.sort((one, other) => one - other);
    const range = ends.map((end) => (end === null ? "" : String(end))).join("..");
    window.scoring_dash.goTo(form.dataset.range.replace(PLACE, encodeURIComponent(range)), boxes[0].id);
  }

  document.addEventListener("change", followTick);
  document.addEventListener("submit", followRange);
})();

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

  /* A number as people write it, with spaces and a comma or a point; null for an empty box, NaN for anything else. */
  function readNumber(text, factor) {
    const bare = text.replace(/[\s\u00a0\u202f']/g, "").replace(",", ".");
    if (bare === "") return null;
    return /^-?\d+(\.\d+)?$/.test(bare) ? Number((Number(bare) * factor).toPrecision(12)) : NaN;
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

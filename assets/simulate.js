/* The forms of a simulation. Like the rest of the page they only change the address, which asks the program. */
(function () {
  "use strict";

  function goTo(fields, focus) {
    window.scoring_dash.goTo("?" + fields.toString(), focus);
  }

  function fieldsOfAddress() {
    return new URLSearchParams(window.location.search);
  }

  function put(fields, name, text) {
    if (text) fields.set(name, text);
    else fields.delete(name);
  }

  /* What differs from the file: amount:250000;duration:24, each value escaped. */
  function changesOf(form) {
    const changes = [];
    for (const field of form.querySelectorAll("[data-field]")) {
      const value = field.querySelector("input, select").value.trim();
      if (value && value !== field.dataset.own) changes.push(field.dataset.field + ":" + encodeURIComponent(value));
    }
    return changes.join(";");
  }

  /* What is typed while an answer is under way: the answer draws the form anew, and must not lose it. */
  let awaited = null;

  function clientOf(form) {
    return form.closest("[data-client]").dataset.client;
  }

  function simulate(form, focus) {
    const fields = fieldsOfAddress();
    put(fields, "change", changesOf(form));
    if ("?" + fields.toString() === window.location.search) return;
    awaited = { client: clientOf(form), typed: new Map() };
    goTo(fields, focus);
  }

  function keepTyped() {
    const form = document.querySelector("form[data-simulate]");
    if (awaited && form && clientOf(form) === awaited.client) {
      for (const [id, text] of awaited.typed) {
        const box = document.getElementById(id);
        if (!box) continue;
        box.value = text;
        box.focus({ preventScroll: true });
      }
    }
    awaited = null;
  }

  function keep(form) {
    const name = form.querySelector("input").value.trim() || form.dataset.usualName;
    const kept = form.dataset.keeps ? form.dataset.keeps + "|" : "";
    const fields = fieldsOfAddress();
    fields.set("scenario", kept + encodeURIComponent(name) + "=" + form.dataset.change);
    goTo(fields, "simulate-scenario-save");
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.simulate) {
      event.preventDefault();
      const active = document.activeElement;
      simulate(form, form.contains(active) && active.id ? active.id : "simulate-submit");
    } else if (form.dataset.usualName) {
      event.preventDefault();
      keep(form);
    }
  });

  /* A list is live; a text waits for the button or the Enter key, so that nothing typed is ever lost. */
  document.addEventListener("change", function (event) {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || !select.form || !select.form.dataset.simulate) return;
    simulate(select.form, select.id);
  });

  document.addEventListener("input", function (event) {
    const box = event.target;
    const isOfForm = box instanceof HTMLInputElement && box.form && box.form.dataset.simulate;
    if (awaited && isOfForm) awaited.typed.set(box.id, box.value);
  });

  document.addEventListener("content-drawn", keepTyped);

  document.addEventListener("click", function (event) {
    if (event.target instanceof Element && event.target.id === "simulate-print") window.print();
  });
})();

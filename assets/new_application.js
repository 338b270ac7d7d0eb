/* Sends the form of a new application, or a file of many, and draws the page that comes back.

   What was typed stays in this page: not in the address, not in the browser's storage. When the page is drawn in another
   language the answers are sent again; when it is left they are forgotten. */
(function () {
  "use strict";

  const CONTENT = "shell-content";
  const PATH = "/new-application/";

  let answers = null; // of the form, as last sent
  let download = ""; // address of the last results, in this browser alone
  let focusNext = false;
  let work = null; // the request under way

  const byId = (id) => document.getElementById(id);
  const isHere = () => new URLSearchParams(window.location.search).get("section") === "new";
  const language = () => (byId("shell").lang === "en" ? "en" : "fr");
  const filled = (text, words) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in words ? words[name] : whole));
  const written = (number) => number.toLocaleString(language() === "fr" ? "fr-FR" : "en-GB");

  function draw(content) {
    if (!isHere()) return;
    focusNext = true;
    window.dash_clientside.set_props(CONTENT, { content: content });
  }

  function stop() {
    if (work) work.abort();
    work = null;
  }

  /* One request, whose answer may come line by line. */
  function send(path, body, type, steps) {
    stop();
    const request = new XMLHttpRequest();
    work = request;
    let seen = 0;
    function readLines(isLast) {
      const text = request.responseText;
      const end = isLast ? text.length : text.lastIndexOf("\n") + 1;
      const lines = text.slice(seen, end).split("\n").filter(Boolean);
      seen = end;
      for (const line of lines) steps.answer(JSON.parse(line));
    }
    request.open("POST", PATH + path + (path.includes("?") ? "&" : "?") + "lang=" + language());
    if (type) request.setRequestHeader("Content-Type", type);
    request.upload.onprogress = (event) => steps.sent && event.lengthComputable && steps.sent(event.loaded / event.total);
    request.onprogress = () => request.status === 200 && readLines(false);
    request.onload = () => {
      work = null;
      if (request.status === 200) readLines(true);
      else steps.failed();
    };
    request.onerror = () => { work = null; steps.failed(); };
    request.send(body);
  }

  function estimate(event) {
    event.preventDefault();
    answers = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]));
    sendForm();
  }

  function sendForm() {
    const waiting = byId("new-waiting");
    waiting.textContent = waiting.dataset.waiting;
    const failed = () => { waiting.textContent = waiting.dataset.failed; };
    send("form", JSON.stringify(answers), "application/json", { answer: (found) => draw(found.content), failed: failed });
  }

  function estimateFile(event) {
    event.preventDefault();
    const words = event.target.dataset;
    const files = [...byId("new-file").files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length || size > Number(words.mostBytes)) return say(files.length ? words.tooLarge : words.none, true);
    const { body, type } = packed(files);
    let told = -1;
    progress(0);
    say(filled(words.sending, { share: "0" }));
    send("file", body, type, {
      sent: (share) => {
        progress(share < 1 ? 30 * share : 30);
        say(share < 1 ? filled(words.sending, { share: String(Math.floor(100 * share)) }) : words.checking);
      },
      answer: (found) => {
        if (found.content) return showFile(found);
        progress(30 + (70 * found.done) / found.all);
        const tenth = Math.floor((10 * found.done) / found.all); // a screen reader is told ten times, not a hundred
        if (tenth === told) return;
        told = tenth;
        say(filled(words.estimating, { done: written(found.done), all: written(found.all) }));
      },
      failed: () => say(words.failed, true),
    });
  }

  /* One file travels as it is, several with the names that tell their tables; the browser then writes the type. */
  function packed(files) {
    if (files.length === 1) return { body: files[0], type: /\.json$/i.test(files[0].name) ? "application/json" : "text/csv" };
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    return { body: body, type: "" };
  }

  function showFile(found) {
    answers = null;
    keepDownload(found.csv || "");
    draw(found.content);
  }

  function keepDownload(text) {
    if (download) URL.revokeObjectURL(download);
    // The mark in front tells spreadsheets that the text is UTF-8.
    download = text ? URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })) : "";
  }

  function progress(percent) {
    const bar = byId("new-progress");
    bar.dataset.shown = "true";
    bar.value = percent;
  }

  function say(text, isFault) {
    const place = byId("new-progress-text");
    place.textContent = text;
    place.dataset.fault = isFault ? "true" : "false";
    if (isFault) {
      byId("new-progress").dataset.shown = "false";
      byId("new-file").focus();
    }
  }

  /* The page was drawn: lead to the first thing that matters, and offer the results. */
  function afterDrawing() {
    if (!isHere()) return forget();
    if (!byId("new-form")) return; // the page is still under way
    quieten();
    const link = byId("new-download");
    if (link && download) {
      link.href = download;
      link.download = link.dataset.name;
    }
    if (focusNext) {
      focusNext = false;
      leadToResult();
    } else if (answers && !work) {
      sendForm(); // drawn empty in another language
    }
  }

  /* What was said of the work under way stands in elements that the drawing leaves as they are. */
  function quieten() {
    byId("new-waiting").textContent = "";
    byId("new-progress-text").textContent = "";
    byId("new-progress").dataset.shown = "false";
  }

  function leadToResult() {
    const fault = document.querySelector("#new-form [aria-invalid='true']");
    const group = fault && fault.closest("details");
    if (group) group.open = true;
    const target = fault || byId("new-result") || byId("new-faults") || byId("new-file-result");
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: fault ? "center" : "start" });
  }

  function forget() {
    stop();
    answers = null;
    keepDownload("");
  }

  function onSubmit(event) {
    if (event.target.id === "new-form") estimate(event);
    if (event.target.id === "new-file-form") estimateFile(event);
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("content-drawn", afterDrawing);
})();

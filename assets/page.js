/* What the page does in the browser. Everything shared lives in the address; this script only changes the address. */
(function () {
  "use strict";

  const ADDRESS = "shell-address";
  const MAIN = "main";
  const TITLE = "shell-title";
  const SEARCH = "search-input";
  const QUERY = "search-query";
  const SUGGESTIONS = "search-suggestions";

  /* Which element takes the focus once the page has been drawn again, the one that bears its name until then, and where
     the focus was: whoever moves on while the answer is under way keeps the place where they went. */
  let nextFocus = null;

  function goTo(search, focus) {
    if (search === window.location.search) return;
    nextFocus = { id: focus, before: document.getElementById(focus), from: document.activeElement };
    window.dash_clientside.set_props(ADDRESS, { search: search });
  }

  /* Ordinary clicks on links of this program change the address without loading the page again. */
  function followLink(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href^='?']") : null;
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const opensFile = link.dataset.opens === "client";
    if (opensFile) clearSearch();
    if (opensFile || !link.id) window.scrollTo(0, 0);
    goTo(new URL(link.href).search, opensFile || !link.id ? TITLE : link.id);
  }

  /* A list that belongs to the address, such as the fact to compare. */
  function followChoice(event) {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || !select.dataset.address) return;
    const fields = new URLSearchParams(window.location.search);
    fields.set(select.name, select.value);
    goTo("?" + fields.toString(), select.id);
  }

  /* A box whose text belongs to the address: what facts are searched for, in all themes. */
  function followSearch(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.address) return;
    event.preventDefault();
    const box = form.querySelector("input");
    const fields = new URLSearchParams(window.location.search);
    fields.delete("theme");
    if (box.value.trim()) fields.set(box.name, box.value.trim());
    else fields.delete(box.name);
    goTo("?" + fields.toString(), box.id);
  }

  function openTypedClient(input) {
    const typed = input.value.replace(/\s+/g, "");
    if (!typed) return;
    const here = new URLSearchParams(window.location.search);
    const there = new URLSearchParams({ client: typed });
    for (const name of ["section", "feature", "group", "theme", "measure", "lang"]) if (here.has(name)) there.set(name, here.get(name));
    goTo("?" + there.toString(), TITLE); // first of all, so that the answer is on its way
    clearSearch();
    window.scrollTo(0, 0);
    document.getElementById(MAIN).focus({ preventScroll: true });
  }

  function clearSearch() {
    window.dash_clientside.set_props(SEARCH, { value: "" });
  }

  /* Suggestions are asked for while typing; an emptied box needs no answer, the style sheet hides the list. */
  function askSuggestions(event) {
    if (event.target.id !== SEARCH) return;
    const typed = event.target.value.trim();
    if (typed) window.dash_clientside.set_props(QUERY, { data: typed });
  }

  function moveInSearch(event) {
    const box = event.target instanceof Element ? event.target.closest("[role='search']") : null;
    if (!box) return;
    const places = [document.getElementById(SEARCH), ...document.querySelectorAll("#" + SUGGESTIONS + " a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const place = places.indexOf(event.target) + step;
      if (place >= 0 && place < places.length) places[place].focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      clearSearch();
      places[0].focus();
    } else if (event.key === "Enter" && event.target === places[0]) {
      event.preventDefault();
      openTypedClient(event.target);
    }
  }

  /* The page has been drawn again: elements of the content may still be the same, those around it are replaced. */
  function restoreFocus(event) {
    const target = nextFocus && document.getElementById(nextFocus.id);
    if (!target) return;
    const isDrawn = event.type === "content-drawn" && document.getElementById(MAIN).contains(target);
    if (target === nextFocus.before && !isDrawn) return;
    const hasMovedOn = ![nextFocus.from, document.body, document.getElementById(MAIN)].includes(document.activeElement);
    nextFocus = null;
    if (!hasMovedOn) target.focus({ preventScroll: true });
  }

  /* Names the document after the page, in its language. */
  function describe(title, language) {
    document.title = title;
    document.documentElement.lang = language;
    const skip = document.querySelector("a.skip");
    if (skip) skip.textContent = skip.dataset[language];
    return window.dash_clientside.no_update;
  }

  /* A question that gets no answer is asked once more; then the page says so, rather than show something old. */
  const ask = window.fetch.bind(window);
  async function askTwice(resource, options) {
    const address = resource instanceof Request ? resource.url : String(resource);
    if (!address.includes("_dash-update-component")) return ask(resource, options);
    for (const isLast of [false, true]) {
      try {
        const answer = await ask(resource, options);
        if (answer.status < 500 || isLast) {
          showConnection(answer.status < 500);
          return answer;
        }
      } catch (error) {
        if (!isLast) continue;
        showConnection(false);
        throw error;
      }
    }
  }

  function showConnection(isThere) {
    const box = document.getElementById("connection");
    if (isThere === !box.firstChild) return;
    box.replaceChildren();
    if (isThere) return;
    const language = document.documentElement.lang;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = box.dataset["again" + (language === "fr" ? "Fr" : "En")];
    again.addEventListener("click", function () { window.location.reload(); });
    box.append(box.dataset[language] + " ", again);
  }

  /* The skip link moves the focus without leaving a trace in the address. */
  function skipToContent(event) {
    if (!(event.target instanceof Element) || !event.target.matches("a.skip")) return;
    event.preventDefault();
    document.getElementById(MAIN).focus();
  }

  window.fetch = askTwice;
  document.addEventListener("click", skipToContent);
  document.addEventListener("click", followLink);
  document.addEventListener("change", followChoice);
  document.addEventListener("submit", followSearch);
  document.addEventListener("input", askSuggestions);
  document.addEventListener("keydown", moveInSearch);
  document.addEventListener("content-drawn", restoreFocus);
  new MutationObserver(restoreFocus).observe(document.documentElement, { childList: true, subtree: true });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { page: { describe: describe, goTo: goTo } });
})();

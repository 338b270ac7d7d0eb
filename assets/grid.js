/* The work list: fetches the library that draws it where there is a list, asks for rows as they come into sight, and
   opens files. Which list is shown, in which order and at which file, stands in the address; nothing is kept here. */
(function () {
  "use strict";

  const React = window.React;
  const PLACE = "work-list-place";
  const TITLE = "shell-title";
  const ROWS_AT_ONCE = 100;
  const ROW = 44;
  const CARD = 104;
  const CARDS_BELOW = 600;
  const NEAREST_FIRST = "sort.distance.asc";

  let turn = 0; // number of the last question: Dash does not send the same one twice, nor say which one is answered
  let library = null; // what draws grids, once it has been asked for

  /* The script of the library, once; where it cannot be had the next visit tries again. */
  function fetchLibrary(address) {
    library = library || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.dash_ag_grid.AgGrid);
      script.onerror = () => { library = null; script.remove(); reject(new Error("the grid cannot be loaded")); };
      document.head.append(script);
    });
    return library;
  }

  /* The list in the order that the heading of a column asks for; the default order is not written. */
  function inOrder(list, column) {
    const order = `sort.${column.colId}.${column.sort}`;
    const parts = list.split("~").filter((part) => !part.startsWith("sort."));
    return (order === NEAREST_FIRST ? parts : [...parts, order]).join("~");
  }

  function open(row) {
    window.scrollTo(0, 0);
    window.scoring_dash.goTo(row.href, TITLE);
  }

  /* Where one was in a list, for as long as the tab is open: going back leads to the row that was opened. */
  function remember(list, id, position) {
    window.sessionStorage.setItem(PLACE, JSON.stringify({ list, id, position }));
  }

  function remembered(list) {
    const place = JSON.parse(window.sessionStorage.getItem(PLACE));
    return place && place.list === list ? place : null;
  }

  /* Number and amounts typed into the form become parts of the list. */
  function followFilters(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.list) return;
    event.preventDefault();
    const [number, least, greatest] = [...form.querySelectorAll("input")].map((box) => box.value.replace(/\s/g, ""));
    const [view, ...parts] = form.dataset.list.split("~");
    if (number) parts.push("number." + number);
    if (least || greatest) parts.push(`amount.${least}-${greatest}`);
    const fields = new URLSearchParams(window.location.search);
    fields.delete("client");
    fields.set("list", [view, ...parts].join("~"));
    window.scoring_dash.goTo("?" + fields.toString(), document.activeElement.id || null);
  }

  /* On a narrow screen the views are one line that scrolls sideways: the one that is shown is brought into sight. */
  function showView() {
    const chosen = document.querySelector(".work-views [aria-current]");
    if (chosen) chosen.parentElement.scrollLeft = chosen.offsetLeft - (chosen.parentElement.clientWidth - chosen.clientWidth) / 2;
  }

  /* Alt with PageDown or PageUp: the next or the previous file, by the link that says so. */
  function step(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = document.querySelector(`a[aria-keyshortcuts="Alt+${event.key}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  }

  /* Cells that are more than text. They are hung up where the library looks for them, by name. */
  function tag(row) {
    const sign = React.createElement("span", { "aria-hidden": true }, row.sign);
    return React.createElement("span", { className: `tag tag-${row.kind}` }, sign, row.recommendation);
  }

  function link(row) {
    const current = row.isMarked ? { "aria-current": "true" } : {};
    return React.createElement("a", { href: row.href, tabIndex: -1, "data-opens": "client", ...current }, row.client);
  }

  const cells = {
    WorkLink: ({ data }) => (data ? link(data) : null),
    WorkTag: ({ data }) => (data ? tag(data) : null),
    WorkCard: ({ data, colDef }) => {
      if (!data) return null;
      const told = (name) => React.createElement("span", { key: name }, `${colDef.cellRendererParams.titles[name]} `,
        React.createElement("b", null, data[name]));
      return React.createElement("div", { className: "work-card" },
        React.createElement("div", { className: "work-card-head" }, link(data), tag(data)),
        React.createElement("div", { className: "work-card-facts" }, ["risk", "distance", "amount"].map(told)));
    },
  };

  const functions = {
    workListRowClass: (params) => (params.data && params.data.isMarked ? "marked" : ""),
    /* The colours of the page, which know of the dark themselves. */
    workListTheme: (theme) => theme.withParams({
      accentColor: "var(--brand-ink)",
      backgroundColor: "var(--paper)",
      foregroundColor: "var(--ink)",
      headerBackgroundColor: "var(--paper)",
      headerTextColor: "var(--ink-2)",
      headerFontWeight: 600,
      borderColor: "var(--line)",
      wrapperBorderRadius: "12px",
      rowHoverColor: "var(--brand-soft)",
      oddRowBackgroundColor: "var(--paper)",
      fontFamily: "inherit",
      fontSize: "14px",
      headerFontSize: "13px",
      cellHorizontalPadding: "12px",
      focusShadow: "none",
    }),
  };

  function wideColumns(columns, width) {
    return columns.filter((column) => width >= column.shownFrom).map(({ shownFrom, ...column }) => ({
      ...column,
      sortingOrder: ["asc", "desc"],
      wrapHeaderText: true,
      ...(column.field === "client" ? { cellRenderer: "WorkLink" } : {}),
      ...(column.field === "recommendation" ? { cellRenderer: "WorkTag" } : {}),
    }));
  }

  function cardColumns(view) {
    const titles = Object.fromEntries(view.columns.map((column) => [column.field, column.headerName]));
    return [{
      field: "client", headerName: view.card, flex: 1, sortable: false,
      cellRenderer: "WorkCard", cellRendererParams: { titles },
    }];
  }

  /* What never changes while a list is shown. */
  function still(view, isNarrow) {
    return {
      theme: { function: "workListTheme(themeQuartz)" },
      cacheBlockSize: ROWS_AT_ONCE,
      // Dash drops an answer once it has asked anew, so that one question at a time is all that ever gets one.
      maxConcurrentDatasourceRequests: 1,
      maxBlocksInCache: 20,
      infiniteInitialRowCount: Math.max(1, view.total),
      rowHeight: isNarrow ? CARD : ROW,
      headerHeight: isNarrow ? 36 : 52,
      localeText: view.words,
      ensureDomOrder: true,
      suppressColumnVirtualisation: true,
      suppressMovableColumns: true,
      suppressMultiSort: true,
      suppressContextMenu: true,
      suppressDragLeaveHidesColumns: true,
      animateRows: false,
      getRowClass: { function: "workListRowClass(params)" },
    };
  }

  /* One list, from the first row to another list. */
  function Rows({ AgGrid, view, width, answer, ask, onOrder }) {
    const isNarrow = width < CARDS_BELOW;
    const marked = view.marked || remembered(view.list);
    const asked = React.useRef({ list: view.list });
    const isPlaced = React.useRef(false);
    const isFocused = React.useRef(false);
    const grid = React.useRef(null);
    const [rows, setRows] = React.useState(null);

    /* The marked row takes the focus once it is there, unless a person has gone elsewhere meanwhile. */
    React.useEffect(() => {
      const row = marked && grid.current && grid.current.getDisplayedRowAtIndex(marked.position);
      if (isFocused.current || !row || !row.data) return;
      isFocused.current = true;
      const here = document.activeElement;
      if (here === document.body || ["main", TITLE].includes(here.id)) grid.current.setFocusedCell(marked.position, "client");
    }, [rows]);

    React.useEffect(() => {
      const question = asked.current;
      if (!answer || answer.turn !== question.turn) return;
      const id = marked && marked.id;
      setRows({ ...answer, rowData: answer.rowData.map((row) => ({ ...row, isMarked: row.id === id })) });
    }, [answer]);

    const setProps = React.useCallback(({ getRowsRequest: request, ...changes }) => {
      if (changes.getRowsResponse === null) setRows(null);
      if (!request) return;
      const [column] = request.sortModel;
      const list = column ? inOrder(view.list, column) : view.list;
      turn += 1;
      asked.current = { turn, list };
      ask({ ...asked.current, startRow: request.startRow, endRow: request.endRow, language: view.language });
    }, []);

    const events = {
      onRowClicked: ({ data, rowIndex, event }) => {
        if (!data) return;
        remember(asked.current.list, data.id, rowIndex);
        if (!event.target.closest("a")) open(data);
      },
      onCellKeyDown: ({ data, rowIndex, event }) => {
        if (!data || event.key !== "Enter") return;
        remember(asked.current.list, data.id, rowIndex);
        open(data);
      },
      onSortChanged: ({ api, source }) => {
        const column = api.getColumnState().find((one) => one.sort);
        if (column && source === "uiColumnSorted") onOrder(inOrder(view.list, column));
      },
      onModelUpdated: ({ api }) => {
        grid.current = api;
        if (isPlaced.current || !marked || marked.position >= api.getDisplayedRowCount()) return;
        const { position } = marked;
        isPlaced.current = true;
        api.ensureIndexVisible(position, "middle");
        document.querySelector(".work-grid").scrollIntoView({ block: "nearest" });
      },
    };
    const options = React.useMemo(() => ({ ...still(view, isNarrow), ...events }), []);

    return React.createElement(AgGrid, {
      id: "work-list-rows",
      rowModelType: "infinite",
      columnDefs: React.useMemo(() => (isNarrow ? cardColumns(view) : wideColumns(view.columns, width)), []),
      defaultColDef: { resizable: false, suppressHeaderMenuButton: true, suppressHeaderFilterButton: true },
      dashGridOptions: options,
      style: { height: "100%" },
      getRowsResponse: rows,
      setProps,
    });
  }

  /* Width of an element in steps, so that a grid is drawn anew only where it gets other columns. */
  function useWidth(box, steps) {
    const [width, setWidth] = React.useState(null);
    React.useLayoutEffect(() => {
      if (!box.current) return undefined;
      const measure = () => setWidth(Math.max(0, ...steps.filter((one) => one <= box.current.clientWidth)));
      const observer = new ResizeObserver(measure);
      observer.observe(box.current);
      measure();
      return () => observer.disconnect();
    }, [box.current !== null]);
    return width;
  }

  /* What makes a grid another one: its list, its language, the row that is brought into sight. */
  function keyOf(view, list, marked) {
    return [list, view.language, marked && marked.id].join(" ");
  }

  function Shown({ view, answer, ask }) {
    const box = React.useRef(null);
    const [AgGrid, setAgGrid] = React.useState(null);
    const steps = [...new Set([CARDS_BELOW, ...view.columns.map((column) => column.shownFrom)])];
    const width = useWidth(box, steps);
    // The grid itself has changed its order: what the address then says is what is shown already.
    const shown = React.useRef({ view: null, key: "", drawing: 0 });
    if (shown.current.view !== view) {
      const key = keyOf(view, view.list, view.marked);
      const drawing = shown.current.drawing + (key === shown.current.key ? 0 : 1);
      shown.current = { view, key, drawing };
    }
    React.useEffect(() => { window.scoring_dash.wait(fetchLibrary(view.library)).then((found) => setAgGrid(() => found), () => {}); }, []);
    const onOrder = (list) => {
      shown.current.key = keyOf(view, list, null);
      const fields = new URLSearchParams(window.location.search);
      fields.set("list", list);
      fields.delete("client");
      window.scoring_dash.goTo("?" + fields.toString(), null);
    };
    const isReady = AgGrid !== null && width !== null && view.total > 0;
    return React.createElement("div", { className: "work-grid", ref: box, role: "region", "aria-label": view.label },
      isReady
        ? React.createElement(Rows, { key: `${shown.current.drawing} ${width}`, AgGrid, view, width, answer, ask, onOrder })
        : React.createElement("p", { className: "caption" }, view.total > 0 ? view.loading : ""));
  }

  function Grid({ view, getRowsResponse, setProps }) {
    if (!view) return null;
    return React.createElement(Shown, {
      view, answer: getRowsResponse, ask: (request) => setProps({ getRowsRequest: request }),
    });
  }

  window.dashAgGridFunctions = { ...window.dashAgGridFunctions, ...functions };
  window.dashAgGridComponentFunctions = { ...window.dashAgGridComponentFunctions, ...cells };
  Object.assign(window.scoring_dash, { Grid });
  document.addEventListener("submit", followFilters);
  document.addEventListener("keydown", step);
  document.addEventListener("content-drawn", showView);
})();

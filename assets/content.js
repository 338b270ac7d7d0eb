/* Draws the content of a page: for Dash one component, for the browser plain elements.

   Dash gives every component of an answer a place in its store and asks each of them after every message, of which a
   choice takes a hundred: five hundred components cost it a second, five hundred elements a few milliseconds. From one
   client to the next, what is alike stays: a chart moves its bars, and one of the whole model is not drawn again. */
(function () {
  "use strict";

  const React = window.React;

  /* Draws a component as Dash writes it (type, namespace, props), a text, a number, or a list of these.

     What a person may have filled in is drawn anew at each turn, so that it says what the address says. */
  function drawn(part, turn) {
    if (Array.isArray(part)) return part.map((one) => drawn(one, turn));
    if (part === null || typeof part !== "object") return part;
    const { children, ...properties } = part.props;
    const key = ["Input", "Select"].includes(part.type) ? `${properties.id}-${turn}` : properties.id;
    if (part.namespace === "dash_html_components") {
      const inner = children === undefined ? [] : [].concat(drawn(children, turn));
      return React.createElement(part.type.toLowerCase(), { key, ...properties }, ...inner);
    }
    return React.createElement(Library, { key, part: JSON.stringify(part) });
  }

  /* A component of a library; the same description gives the same drawing, which then stays as it is. */
  const Library = React.memo(({ part }) => {
    const { namespace, type, props } = JSON.parse(part);
    return React.createElement(window[namespace][type], { ...props, setProps: () => {} });
  });

  function Content({ content, page }) {
    const turn = React.useRef({ number: 0, content: null });
    if (turn.current.content !== content) turn.current = { number: turn.current.number + 1, content };
    React.useLayoutEffect(() => { document.dispatchEvent(new Event("content-drawn")); }, [content]);
    return React.createElement(React.Fragment, { key: page }, ...drawn(content, turn.current.number));
  }

  /* Every new graph is measured and drawn again a tenth of a second after it was drawn: not where it fits already. */
  function keepWhatFits(plotly) {
    const resize = plotly.Plots.resize;
    plotly.Plots.resize = function (graph) {
      const size = graph && graph._fullLayout;
      return size && Math.abs(graph.clientWidth - size.width) < 1 ? Promise.resolve(graph) : resize(graph);
    };
    return plotly;
  }

  let plotly; // arrives after the page
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set: (arrived) => { plotly = keepWhatFits(arrived); },
  });

  window.scoring_dash = Object.assign(window.scoring_dash || {}, { Content });
})();

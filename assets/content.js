/* Draws the content of a page: for Dash one component, for the browser plain elements.

   Dash gives every component of an answer a place in its store and asks each of them after every message, of which a
   choice takes a hundred: five hundred components cost it a second, five hundred elements a few milliseconds. */
(function () {
  "use strict";

  const React = window.React;

  /* A component as Dash writes it (type, namespace, props), a text, a number, or a list of these. */
  function drawn(part) {
    if (Array.isArray(part)) return part.map(drawn);
    if (part === null || typeof part !== "object") return part;
    const { children, ...properties } = part.props;
    if (part.namespace === "dash_html_components") {
      const inner = children === undefined ? [] : [].concat(drawn(children));
      return React.createElement(part.type.toLowerCase(), properties, ...inner);
    }
    const component = window[part.namespace][part.type];
    return React.createElement(component, { ...properties, setProps: () => {} });
  }

  function Content(properties) {
    return React.createElement(React.Fragment, null, ...drawn(properties.content));
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

  window.scoring_dash = { Content };
})();

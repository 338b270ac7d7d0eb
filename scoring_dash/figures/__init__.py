"""Values to figures: plain dictionaries in plotly's schema, a quarter of the cost of its classes; no Dash."""

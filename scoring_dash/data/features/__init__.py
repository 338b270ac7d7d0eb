"""The catalogue of features, one module per source table; see ``scoring_dash.data.assemble`` for the whole."""

"""``compare``: families of models and sets of columns on the same folds."""

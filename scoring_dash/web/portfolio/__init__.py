"""Portefeuille: the work list of current files, its grid, its export, and the steps from file to file."""

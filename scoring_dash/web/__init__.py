"""The screen: one page for one client, whose address holds everything that may be shared."""

"""Past applications, credits elsewhere and instalments one by one: what the row models learn from."""

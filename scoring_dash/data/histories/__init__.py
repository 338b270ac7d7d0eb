"""The client's past row by row, for a person to read: built at training, stored by client, read on request."""

"""Raw tables: their schema, reading, simulation, features; and the store of clients."""

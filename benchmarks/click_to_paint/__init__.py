"""From the key that chooses a client to the last panel painted, in a real browser: ours and two peers."""

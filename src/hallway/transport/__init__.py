"""The outside edge: HTTP, the socket, and the words they speak."""

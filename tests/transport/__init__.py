"""What every door keeps: over HTTP and over the socket, with the real server behind it."""

"""The version of the protocol: the shape of all bodies and frames, and how clients state the one that they speak.

It counts up with a change that an older client cannot live with; see docs/socket.md.
"""

PROTOCOL = 2
HEADER = "Hallway-Protocol"
"""States a client's version with a request over HTTP."""
PARAMETER = "protocol"
"""States it in the socket's address: browsers give a socket no header."""

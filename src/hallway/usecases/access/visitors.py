"""Where somebody who signs in comes from, as far as it is known before they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """`networks` are what failures are counted for, the smallest first; `network` is what sessions show of the address.

    `address` is where they come from in full, for the audit log alone. `agent` is what the browser says of itself, `device` the secret that it keeps since somebody signed in with it.
    """

    networks: tuple[str, ...] = ()
    network: str = ""
    agent: str = ""
    device: str = ""
    address: str = ""


UNKNOWN = Visitor()

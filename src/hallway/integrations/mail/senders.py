"""Whose mail it is: the one address that stands in its `From`, or nobody's.

Where a mail names several senders, programs disagree about which counts: a mail server vouches for one of them, and we
would believe another.
"""

import re
from collections.abc import Sequence

from hallway.integrations.mail.parsing import LONGEST_STRUCTURED, UnreadableMail

_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?\s]{0,400}\?=")
_BETWEEN = re.compile(r"[\s,:;<>()\[\]\"]")
_GROUP_ENDS = ";"


class UnclearSender(UnreadableMail):
    """It has more than one sender."""

    code = "unclear_sender"

    def __init__(self) -> None:
        """Explain it in a sentence."""
        super().__init__("It has more than one sender.")


def one_sender(named: Sequence[str]) -> str:
    """Return the only address in the `From` headers of a mail (RFC 5322 §3.6.2). Raises UnclearSender, UnreadableMail.

    Names may stand before it, quoted, encoded or not, and comments around it; a group (RFC 6854) is nobody. Programs write
    names with commas, brackets and @ that should be quoted, and are not: what counts is that there is one address.
    """
    value = _without_names(named[0][:LONGEST_STRUCTURED]) if named else ""
    addresses = {one.casefold(): one for one in _BETWEEN.split(value) if 0 < one.find("@") < len(one) - 1}
    is_doubled = any(one.count("@") > 1 for one in addresses)
    if len(named) > 1 or len(addresses) > 1 or is_doubled or len("".join(named)) > LONGEST_STRUCTURED:
        raise UnclearSender
    if not addresses or (":" in value and value.rstrip().endswith(_GROUP_ENDS)):
        message = "It has no sender."
        raise UnreadableMail(message)
    return addresses.popitem()[1]


def _without_names(value: str) -> str:
    """Remove quoted texts, comments (which nest) and encoded words, in which anything may stand, unless one of them never ends."""
    value = _ENCODED_WORD.sub("", value)
    kept: list[str] = []
    comments, is_quoted, is_escaped = 0, False, False
    for letter in value:
        if is_escaped:
            is_escaped = False
        elif letter == "\\" and (is_quoted or comments):
            is_escaped = True
        elif letter == '"' and not comments:
            is_quoted = not is_quoted
        elif letter in "()" and not is_quoted:
            comments = max(0, comments + (1 if letter == "(" else -1))
        elif not is_quoted and not comments:
            kept.append(letter)
    return value if is_quoted or comments else "".join(kept)

"""The bound for scrolling: a page of messages that is nothing but HTML, and runs no script."""

from bench.phone.academy import SENTENCES

MESSAGES = 2_000
STYLE = """
body { margin: 0; font: 16px/1.5 system-ui }
div { position: fixed; inset: 0; overflow-y: auto; overscroll-behavior: contain }
ol { list-style: none; margin: 0; padding: 20px 12px }
li { display: grid; justify-items: start; padding-top: 8px }
li:nth-child(even) { justify-items: end }
p { max-width: 92%; margin: 0; padding: 7px 12px; border: 1px solid #ddd; border-radius: 12px }
"""


def plain() -> str:
    """The page; its messages are as long as those of the academy."""
    rows = "".join(f"<li><p>{SENTENCES[number % len(SENTENCES)]}</p></li>" for number in range(MESSAGES))
    return f'<!doctype html><meta name="viewport" content="width=device-width"><style>{STYLE}</style><div><ol>{rows}</ol></div>'

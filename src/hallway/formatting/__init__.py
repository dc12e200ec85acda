"""Formatting of messages: a small Markdown. The text itself stays what was written; this only says how it is shown.

The web client has the same dialect (`client/src/views/messages/formatting/`), and both read the golden cases in
`tests/formatting/golden/`. What the marks mean to people is in docs/rules.md §19.
"""

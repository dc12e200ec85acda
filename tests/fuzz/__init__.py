"""Whatever bytes come from outside, a parser answers or refuses them, soon, and within its memory."""

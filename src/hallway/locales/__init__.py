"""What Hallway says outside of its pages, in the languages of its people: mails, pushes, answers by return."""

from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_datetime
from fluent.runtime import FluentBundle, FluentResource

from hallway.domain.zones import zone_named

LANGUAGES = ("en", "ar", "ru")
_RIGHT_TO_LEFT = frozenset({"ar"})
_FOLDER = Path(__file__).parent


class Locale:
    """Texts in one language, from a catalogue."""

    def __init__(self, language: str, folder: Path = _FOLDER) -> None:
        """Load one of `LANGUAGES` from the catalogue in `folder`: the one beside this file, or a channel's own."""
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        catalogue = (folder / f"{language}.ftl").read_text("utf-8")
        self._bundle.add_resource(FluentResource(catalogue))

    @property
    def direction(self) -> str:
        """The direction of its writing, `rtl` or `ltr`, as in HTML."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text with its values put in. Raises LookupError for a text that is not in the catalogue."""
        message = self._bundle.get_message(text)
        if message.value is None:
            raise LookupError(text)
        found, _ = self._bundle.format_pattern(message.value, values)
        return str(found)

    def moment(self, at: datetime, zone: str) -> str:
        """Write a moment as date and time, in a time zone and in this language."""
        return format_datetime(at, "d MMM y, HH:mm", tzinfo=zone_named(zone), locale=self.language)


@cache
def locale_of(language: str) -> Locale:
    """Return the texts in a language; in English where it is not one of ours."""
    return Locale(language if language in LANGUAGES else "en")

"""Make cards of links: the page is fetched here, and read in the sandbox."""

from collections.abc import Collection

import structlog

from hallway.domain.ids import AccountId
from hallway.domain.previews import Preview
from hallway.integrations.page_heads import PageHead
from hallway.integrations.sandbox import Limits, Overrun, Sandbox
from hallway.integrations.web_pages import NotFetched, WebPages
from hallway.usecases.errors import Invalid

_LIMITS = Limits(processor_seconds=2, seconds=10)
_log = structlog.get_logger("hallway.previews")


class PagePreviews:
    """`preview_ports.Previews` over the web and a sandbox."""

    def __init__(self, pages: WebPages, sandbox: Sandbox) -> None:
        """Fetch with `pages`, read in `sandbox`."""
        self._pages = pages
        self._sandbox = sandbox

    async def make(self, url: str, hosts: Collection[str], requester: AccountId) -> Preview | None:
        """Return the card of a page, or None; why there is none goes into the log, without the address, which may be a secret."""
        try:
            page = await self._pages.fetch(url, hosts)
            head = await self._sandbox.run(
                "hallway.integrations.page_heads:read_head",
                page.content,
                page.charset,
                answer=PageHead,
                requester=("preview", requester),
                limits=_LIMITS,
            )
        except (NotFetched, Overrun, Invalid) as failure:
            _log.info("no_preview", account=requester, reason=str(failure))
            return None
        if not head.title:
            return None
        return Preview(url=url, title=head.title, description=head.description, site=head.site)

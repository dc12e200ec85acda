"""What `hallway search-index` says, and that building it anew leaves work for whoever serves."""

from pathlib import Path

from hallway.adapters import SystemClock
from hallway.storage.store import open_store
from hallway.usecases.messaging import indexing
from tests.cli.conftest import Run
from tests.contracts.world import ELSEWHERE, HERE, LENA, OWNER, change, furnished, talk

NOT_YET = "It isn't complete for {} accounts.\n"


def test_it_says_how_far_the_index_is_and_empties_it(tmp_path: Path, run: Run) -> None:
    assert run("migrate")[0] == 0
    store = open_store(f"sqlite:///{tmp_path / 'hallway-data' / 'hallway.db'}")
    furnished(store)
    talk(store, OWNER, LENA, ["one", "two"])
    assert run("search-index", "status")[1] == f"0 of 2 messages are in the search index.\n{NOT_YET.format(2)}"
    for account_id in (HERE, ELSEWHERE):
        change(store, lambda tx, of=account_id: indexing.build(tx, of))
    is_complete = "2 of 2 messages are in the search index.\nIt is complete for every account.\n"
    assert run("search-index", "status")[1] == is_complete
    assert run("search-index", "rebuild")[0] == 0
    assert run("search-index", "status")[1] == f"0 of 2 messages are in the search index.\n{NOT_YET.format(2)}"
    due = store.read(lambda tx: tx.jobs.due_accounts(indexing.WORK.kind, SystemClock().now()))
    assert set(due) == {HERE, ELSEWHERE}
    store.close()

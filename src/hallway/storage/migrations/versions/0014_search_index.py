"""Keep an index of the words of messages, which is built while everybody goes on, and where it is missing."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TABLE search_account (number INTEGER PRIMARY KEY, account_id VARCHAR(36) NOT NULL UNIQUE, analyser BIGINT NOT NULL,
       is_complete BOOLEAN NOT NULL, behind VARCHAR(36), indexed BIGINT NOT NULL, room BIGINT NOT NULL)""",
    """CREATE TABLE search_conversation (number INTEGER PRIMARY KEY, account_id VARCHAR(36) NOT NULL,
       conversation_id VARCHAR(36) NOT NULL UNIQUE, indexed_seq BIGINT NOT NULL, of_number BIGINT NOT NULL)""",
    "CREATE TABLE search_document (id INTEGER PRIMARY KEY, conversation BIGINT NOT NULL, seq BIGINT NOT NULL)",
    """CREATE VIRTUAL TABLE search_terms USING fts5 (terms, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '.'")""",
)
POSTGRES = (
    """CREATE TABLE search_account (account_id uuid PRIMARY KEY, number bigint NOT NULL, analyser bigint NOT NULL,
       is_complete boolean NOT NULL, behind uuid, indexed bigint NOT NULL, room bigint NOT NULL)""",
    """CREATE TABLE search_conversation (account_id uuid NOT NULL, conversation_id uuid NOT NULL, indexed_seq bigint NOT NULL,
       of_number bigint NOT NULL, PRIMARY KEY (account_id, conversation_id))""",
    """CREATE TABLE search_document (account_id uuid NOT NULL, sent_at bigint NOT NULL, conversation_id uuid NOT NULL,
       seq bigint NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (account_id, sent_at, conversation_id, seq))""",
    "CREATE INDEX ix_search_document_terms ON search_document USING gin (terms) WITH (gin_pending_list_limit = 256)",
)


def upgrade() -> None:
    """Create the tables, empty; the server fills them."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)

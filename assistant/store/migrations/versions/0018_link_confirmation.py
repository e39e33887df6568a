"""Who confirmed a link to the company's login, how a session was opened, and from where a sign-in was begun.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)


def upgrade() -> None:
    op.add_column("identity", sa.Column("confirmed_by", _ID, nullable=True))
    op.add_column("identity", sa.Column("confirmed_at", sa.String(length=32), nullable=True))
    op.add_column("session", sa.Column("proof", sa.String(length=10), nullable=True))
    op.add_column("session", sa.Column("identity_id", _ID, nullable=True))
    op.add_column("login_request", sa.Column("client", sa.String(length=64), nullable=True))

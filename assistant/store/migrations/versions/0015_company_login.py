"""How people are known at the company's login, and how each signature was proved.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_SHA = sa.String(length=64)
_INSTANT = sa.String(length=32)


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255)),
        sa.Column("email", sa.String(320)),
        sa.Column("linked_by", _ID, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_identity_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
        sa.UniqueConstraint("issuer", "email", name=op.f("uq_identity_issuer_email")),
    )
    op.create_index(op.f("ix_identity_user_id"), "identity", ["user_id"])
    op.create_table(
        "login_request",
        sa.Column("state_sha256", _SHA, nullable=False),
        sa.Column("browser_sha256", _SHA, nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("signer_id", _ID),
        sa.Column("about", _SHA),
        sa.Column("intent", sa.JSON(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.PrimaryKeyConstraint("state_sha256", name=op.f("pk_login_request")),
    )
    for table in ("signature", "confirmation_signature"):
        op.add_column(table, sa.Column("proof", sa.String(10)))
        op.add_column(table, sa.Column("proof_issuer", sa.String(500)))
        op.add_column(table, sa.Column("proof_at", _INSTANT))


def downgrade() -> None:
    for table in ("signature", "confirmation_signature"):
        for column in ("proof", "proof_issuer", "proof_at"):
            op.drop_column(table, column)
    op.drop_table("login_request")
    op.drop_table("identity")

"""What a page says after an act, by the code in its address: text never comes from the address itself."""

from api.web.language import N_

DONE = {
    "source_approved": N_("The approval is recorded: the source may be quoted from its first day on."),
    "right_set": N_("Kept: from now on this is what may be shown, everywhere."),
    "reference_confirmed": N_("The reference is confirmed."),
    "source_withdrawn": N_("The source is withdrawn. What was published from it is no longer served."),
    "follow_up_pending": N_(
        "This is recorded and holds from now on. Marking the pieces concerned did not finish: do the same again, "
        "or wait for the next start."
    ),
    "product_saved": N_("The sheet is saved."),
    "product_frozen": N_(
        "The product is frozen: nothing is drafted, reviewed, published or answered about it."
    ),
    "product_active": N_("The freeze is lifted."),
    "statement_saved": N_("Saved as a new revision."),
    "statement_same": N_("Nothing was changed."),
    "submitted": N_("The piece is in review."),
    "claimed": N_("This review is yours."),
    "reassigned": N_("The task is in other hands now."),
    "given_back": N_("The task is open again, for others to take."),
    "filter_saved": N_("The filter is saved."),
    "filter_deleted": N_("The filter is deleted."),
    "accepted": N_("Accepted."),
    "commented": N_("Your comment is there."),
    "settled": N_("The comment is settled."),
    "attested": N_("Your attestation is recorded."),
    "overridden": N_("Your reason is recorded."),
    "disputed": N_("Your dispute is recorded: the finding stands, and the checks are measured against it."),
    "adapted": N_("The adaptation is begun: a draft with the text of the published piece."),
    "approved": N_("Signed. Thank you."),
    "changes_requested": N_("The piece is back with its writer."),
    "rejected": N_("The piece is rejected."),
    "published": N_("Published: exactly what was signed."),
    "release_request": N_("The request is recorded."),
    "release_grant": N_("The grant is recorded."),
    "release_refuse": N_("The refusal is recorded."),
    "release_certify": N_("The certificate is signed."),
    "release_submit": N_("The submission is recorded."),
    "release_void": N_("The record is struck out; it stays in the register."),
    "windows_set": N_("The windows are kept."),
    "use_recorded": N_("The use is in the register."),
    "uses_imported": N_("The file is in the register."),
    "recipient_erased": N_("The name is erased."),
    "recalled": N_("Recalled: it is no longer served."),
    "user_added": N_("The person can sign in now."),
    "user_linked": N_("The login is linked to the account."),
    "user_unlinked": N_("The account is linked to no login any more."),
    "user_closed": N_("The account is closed."),
    "token_revoked": N_("The token is ended."),
    "deputy_named": N_("Your deputy is named."),
    "delegation_ended": N_("The delegation is ended."),
    "notices_chosen": N_("Your choice is kept."),
    "notices_read": N_("All notices are marked as read."),
    "signed_out": N_("You are signed out."),
}

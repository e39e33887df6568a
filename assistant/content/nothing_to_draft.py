"""Why there is nothing to draft: what the writer is told, and what to do next."""

from collections.abc import Sequence

from assistant.content.request import Wanted
from assistant.content.verification import Verified
from assistant.corpus.sheet import names_of
from assistant.engines.matters import without_names
from assistant.engines.protocol import Proposal
from assistant.engines.topic import is_told_of
from assistant.errors import NoEvidence
from assistant.retrieval.shorthand import of_a_topic
from guardrails.model import Evidence


def nothing_on(wanted: Wanted) -> NoEvidence:
    """That no source says anything of the topic."""
    return NoEvidence(
        f"The approved sources of {wanted.product.name} say nothing on “{wanted.topic}”.",
        help="Use the words of the sources, or leave the topic out.",
        topic=wanted.topic,
    )


def require_substance(
    wanted: Wanted, checked: Verified, proposal: Proposal, evidence: Sequence[Evidence]
) -> None:
    """Raise NoEvidence where a piece would be empty."""
    if checked.statements or checked.questions:
        return
    set_aside = any(not rejected.reason.startswith(("table_", "beyond_")) for rejected in proposal.rejected)
    proposed = bool(proposal.statements or proposal.questions or set_aside)
    quiz = wanted.kind == "quiz"
    of_a_topic_alone = wanted.topic is not None and not (proposed or quiz)
    if of_a_topic_alone and not _say_something_on(wanted, evidence):
        raise nothing_on(wanted)
    needs = "sentence with a figure to ask for" if quiz else "sentence that stands alone"
    lacking = (
        f"What the approved sources of {wanted.product.name} say on “{wanted.topic}” stands in no sentence that can be told alone."
        if of_a_topic_alone
        else f"The approved sources of {wanted.product.name} hold no {needs}."
    )
    raise NoEvidence(
        lacking if not proposed else "Nothing that the engine proposed stands in the approved sources.",
        help="Leave the topic out, or choose other sources or another kind; a source's page shows what was read of it."
        if wanted.topic
        else "Choose other sources or another kind; a source's page shows what was read of it.",
        rejected=[rejected.as_json() for rejected in checked.rejected],
    )


def _say_something_on(wanted: Wanted, evidence: Sequence[Evidence]) -> bool:
    """Whether the topic is spoken of anywhere in them, be it in a section that nothing is drafted from."""
    topic = without_names(wanted.topic or "", names_of(wanted.product.name, wanted.product.sheet))
    said = [" ".join((*item.section, item.heading, item.text)) for item in evidence]
    return is_told_of(topic, said, of_a_topic(wanted.topic or ""))

"""The options of `ancrage source …` beyond adding and approving."""

from argparse import ArgumentParser

KINDS = ("label", "paper", "deck", "transcript", "claims", "guideline", "opinion")
RIGHTS = ("reference_only", "in_house", "page_picture", "handout")


def rights_options(parser: ArgumentParser) -> None:
    """What the approval leaves out by time, and what may be shown."""
    parser.add_argument(
        "--deck", metavar="SOURCE", help="the deck that a transcript speaks to; else one is proposed"
    )
    parser.add_argument(
        "--cite-questions", action="store_true", help="live questions and answers may be quoted"
    )
    parser.add_argument(
        "--exclude-times", metavar="00:10:00-00:12:30", help="stretches of a recording left out, by commas"
    )
    parser.add_argument(
        "--display", default="in_house", choices=RIGHTS, help="what may be shown outside the company"
    )


def reference_options(parser: ArgumentParser) -> None:
    """The fields of a bibliographic reference."""
    parser.add_argument("source")
    parser.add_argument("--confirm", action="store_true", help="confirm it as it is shown, with these fields")
    parser.add_argument("--authors", nargs="+", help='as "Martin AB" "Durand C"')
    parser.add_argument("--title")
    parser.add_argument("--journal")
    parser.add_argument("--year", type=int)
    parser.add_argument("--volume")
    parser.add_argument("--issue")
    parser.add_argument("--pages")
    parser.add_argument("--doi")
    parser.add_argument("--issuer", help="of a guideline or an opinion: who gave it")
    parser.add_argument("--dated-on", metavar="DATE", help="of a guideline or an opinion, as 2026-01-31")
    parser.add_argument(
        "--benefit",
        dest="benefits",
        nargs=3,
        action="append",
        metavar=("INDICATION", "SMR", "ASMR"),
        help='of an opinion, once for each indication: "Heart failure" important IV',
    )


def manifest_options(parser: ArgumentParser) -> None:
    """A manifest, and what holds where a line of it says nothing."""
    parser.add_argument(
        "--manifest", metavar="FILE", required=True, help="CSV; its columns are the options of source add"
    )
    parser.add_argument("--product", help="for lines that name none")
    parser.add_argument("--kind", choices=KINDS, help="for lines that name none")
    parser.add_argument(
        "--market", dest="markets", nargs="+", action="extend", help="for lines that name none"
    )
    parser.add_argument(
        "--report", metavar="FILE", help="write what became of each file: FILE as JSON, and as CSV"
    )


def deck_options(deck: ArgumentParser) -> None:
    """Which deck a recording speaks to."""
    deck.add_argument("source")
    named = deck.add_mutually_exclusive_group(required=True)
    named.add_argument("--confirm", action="store_true", help="the proposed one is right")
    named.add_argument("--deck", metavar="DECK", help="it is this source")
    named.add_argument("--none", action="store_true", help="it speaks to no registered deck")


def picture_options(picture: ArgumentParser) -> None:
    """Which page, and what is marked on it."""
    picture.add_argument("source")
    picture.add_argument("--page", type=int, required=True, metavar="N")
    marked = picture.add_mutually_exclusive_group()
    marked.add_argument("--passage", metavar="P")
    marked.add_argument("--quote", metavar="WORDS")
    picture.add_argument(
        "--zoom", type=float, default=1.6, choices=[1.0, 1.6, 2.4, 4.0], help="pixels per point"
    )
    picture.add_argument("-o", "--output", metavar="FILE", required=True)

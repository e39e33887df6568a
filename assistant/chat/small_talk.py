"""Greetings and thanks: nothing is asked, so nothing is searched and no document is named."""

import re

from assistant.chat.wording import flat

_PHRASE = (
    r"hello|hi|hey|hiya|good (?:morning|afternoon|evening|day|night)|(?:many )?thanks?(?: you)?(?: (?:so|very) much| a lot| again)?|thx|cheers|ok(?:ay)?|great|perfect|got it|all right|alright|(?:good)?bye"
    r"|how are you|nice to meet you|bonjour|bonsoir|bonne (?:journee|soiree|nuit)|salut|coucou|re-?bonjour|merci(?: (?:beaucoup|bien|infiniment|encore|a vous|a toi))?|d'accord|tres bien|parfait|super|entendu|au revoir"
    r"|a bientot|comment (?:allez-vous|vas-tu|ca va)|ca va|enchantee?|everybody|everyone|there|all|a tous|docteur|madame|monsieur|doctor"
)
_SMALL_TALK = re.compile(rf"\W*(?:(?:{_PHRASE})(?:\W+|$))+")


def is_small_talk(text: str) -> bool:
    """Whether the whole turn greets, thanks or takes leave."""
    return _SMALL_TALK.fullmatch(flat(text)) is not None

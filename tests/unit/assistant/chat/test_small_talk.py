import pytest

from assistant.chat.small_talk import is_small_talk


@pytest.mark.parametrize(
    "turn",
    ["hello", "Hi there!", "Good morning", "thank you", "Thanks a lot!", "ok", "OK, thanks.", "Okay great", "Goodbye", "Hello, how are you?", "Bonjour", "Bonsoir !", "Merci !", "Merci beaucoup", "D’accord, merci.", "Bonne journée !", "Très bien", "Au revoir", "Bonjour, comment allez-vous ?", "Parfait, à bientôt"],
)  # fmt: skip
def test_a_turn_that_only_greets_or_thanks_asks_nothing(turn: str) -> None:
    assert is_small_talk(turn)


@pytest.mark.parametrize(
    "turn",
    ["hello, what is the dose?", "ok for children?", "thanks, and in pregnancy?", "great, half-life?", "is it ok?", "hi, seizures", "good dose?", "dose", "", "hyponatraemia", "all adverse reactions", "there is a rash", "bye-bye dose", "all causes of death?", "good", "Bonjour, la posologie ?", "ok chez l’enfant ?", "merci, et la grossesse ?", "salut, demi-vie ?", "ça va avec la warfarine ?", "parfait pour qui ?", "Super, et les reins ?", "comment le prendre ?", "bonne dose ?", "nuit", "madame a un rash", "d’accord avec le repas ?", "posologie", "entendu, et à 10 mg ?", "bien"],
)  # fmt: skip
def test_a_question_behind_a_greeting_is_a_question(turn: str) -> None:
    assert not is_small_talk(turn)

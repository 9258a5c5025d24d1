"""The language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.text.language import identify, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "The foreign minister said on Tuesday that the talks with his counterpart had been useful and would go on.",
            "en",
        ),
        ("Министр иностранных дел заявил во вторник, что переговоры с его коллегой были полезны.", "ru"),
        ("Der Außenminister sagte am Dienstag, dass die Gespräche mit seinem Kollegen nützlich gewesen seien.", "de"),
        (
            "Le ministre des Affaires étrangères a déclaré mardi que les entretiens avec son homologue étaient utiles.",
            "fr",
        ),
        ("外务大臣星期二表示，与对方的会谈是有益的，双方同意继续对话。", "zh"),
    ],
)
def test_languages_of_the_press_are_told_apart(text: str, code: str) -> None:
    """A sentence of news is enough to tell its language."""
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    ["Kim to meet with the president of the South", "Kim met Putin.", "Xi hosts Moon in Beijing", "No deal in Hanoi"],
)
def test_a_few_english_words_are_english(text: str) -> None:
    """A headline counts as English by its function words, or because it is too short to say."""
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Poutine rencontre Kim à Moscou", "fr"),
        ("Rusia y Corea del Norte firman un acuerdo", "es"),
        ("푸틴과 김정은 회담", "ko"),
    ],
)
def test_a_foreign_headline_is_told(text: str, code: str) -> None:
    """A headline that is plainly in another language is not taken for English."""
    assert language_of(text) == code


def test_without_words_the_language_is_undetermined() -> None:
    """Figures alone have no language."""
    assert language_of("12 345 --- 678") == "und"


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_text_has_some_answer(text: str) -> None:
    """No text makes identification fail."""
    assert 2 <= len(language_of(text)) <= 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xi met Petro in Bogota", "en"),
        ("Orban meets Fico in Bratislava for talks", "en"),
        ("Guterres and Aoun in Beirut", "en"),
        ("Lavrov visits Caracas and La Paz", "en"),
        ("Lula da Silva met Boric in Santiago de Chile", "en"),
        ("De Mistura visits La Paz", "en"),
        ("Rio de Janeiro summit opens with Lula da Silva", "en"),
        ("Lula se reúne con Boric en Santiago", "es"),
        ("Lula e Boric em Santiago", "pt"),
        ("Macron rencontre Scholz à Berlin pour la paix", "fr"),
        ("Treffen der Minister in Wien mit Gästen aus der Ukraine", "de"),
        ("Il ministro incontra il presidente a Roma", "it"),
    ],
)
def test_function_words_tell_the_language_of_a_short_line(text: str, code: str) -> None:
    """Foreign names do not make an English line foreign; foreign function words do."""
    assert language_of(text) == code


def test_an_answer_says_how_sure_it_is() -> None:
    """A paragraph of English is surer than two names, and every answer lies between 0 and 1."""
    long = identify("The minister said that they had met and that it was the first time in a year that he was there.")
    short = identify("Kim Putin")
    assert long.code == short.code == "en"
    assert 0 <= short.sure < long.sure <= 1

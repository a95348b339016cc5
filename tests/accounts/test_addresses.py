from __future__ import annotations

import pytest

from portal.accounts.addresses import Address, address_of, digits_of, email_of, phone_of


@pytest.mark.parametrize(
    "typed",
    [
        "(504) 555-0142",
        "504-555-0142",
        "504.555.0142",
        "504 555 0142",
        "5045550142",
        "15045550142",
        "1 504 555 0142",
        "1-504-555-0142",
        "+1 504 555 0142",
        "+1 (504) 555-0142",
        "  504\u2011555\u20110142 ",
        "tel:+15045550142",
        "\u202d(504) 555-0142\u202c",
        "\uff15\uff10\uff14\uff15\uff15\uff15\uff10\uff11\uff14\uff12",
        "\u0665\u0660\u0664 \u0665\u0665\u0665 \u0660\u0661\u0664\u0662",
    ],
)
def test_an_american_number_is_understood_in_any_usual_spelling(typed: str) -> None:
    assert phone_of(typed) == "+15045550142"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "504",
        "555-0142",
        "104 555 0142",
        "504 155 0142",
        "(504) 555-0142 x12",
        "five",
        "+1 504 555 014",
        "+0123456789",
        "+52",
    ],
)
def test_what_cannot_be_a_phone_number_is_none(typed: str) -> None:
    assert phone_of(typed) is None


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert phone_of("+52 55 5555 0142") == "+525555550142"


def test_an_e_mail_address_is_lower_case_and_without_what_a_phone_added() -> None:
    assert email_of(" Rosa@Example.ORG\u200b ") == "rosa@example.org"
    assert email_of("rosa@") is None
    assert email_of(f"{'a' * 250}@example.org") is None


def test_an_at_sign_tells_the_two_apart() -> None:
    assert address_of("rosa@example.org") == Address("email", "rosa@example.org")
    assert address_of("504 555 0142") == Address("phone", "+15045550142")
    assert address_of("rosa@@") is None
    assert address_of("rosa") is None


def test_a_page_shows_only_the_end_of_a_phone_number() -> None:
    assert Address("phone", "+15045550142").ending == "42"
    assert Address("email", "rosa@example.org").ending == "rosa@example.org"


def test_a_code_is_read_however_it_is_spaced() -> None:
    assert digits_of(" 123 456 ") == digits_of("123-456") == digits_of("\u0661\u0662\u0663456") == "123456"

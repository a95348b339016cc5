"""Every write about what somebody said: saying it, answering it, and what follows by itself."""

from portal.voice.actions.statements.answers import (
    Answer,
    answer_statement,
    ask_interpreter,
    decline,
    note_list_read,
    note_news_read,
    put_in_plan,
    say_not_now,
)
from portal.voice.actions.statements.keeping import keep_statements
from portal.voice.actions.statements.saying import (
    Say,
    judge_answer,
    keep_message,
    say,
    say_with_cards,
    take_back,
    widen,
)
from portal.voice.actions.statements.voices import keep_voice, say_if_right, write_down

__all__ = [
    "Answer",
    "Say",
    "answer_statement",
    "ask_interpreter",
    "decline",
    "judge_answer",
    "keep_message",
    "keep_statements",
    "keep_voice",
    "note_list_read",
    "note_news_read",
    "put_in_plan",
    "say",
    "say_if_right",
    "say_not_now",
    "say_with_cards",
    "take_back",
    "widen",
    "write_down",
]

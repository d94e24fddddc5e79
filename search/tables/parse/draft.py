"""A request in the making: the pieces of a question that have not found their part in it yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...text.tokenizer import Term
from ..plan.request import Request
from .pieces import Token
from .vocabulary import Kind, SenseValue

PUNCTUATION = frozenset(",/&;+-–—")
"""Signs that list things side by side, as "and" does."""
_QUESTIONS = lexicon("table_questions")
CHANGE_UNITS = _QUESTIONS.meanings("units of a change")
"""Words that say in which unit a change is wanted."""
SEARCHED = _QUESTIONS.words("after look")
"""Behind "look" they make it a search, and no question how something looks."""
ADDRESSED = _QUESTIONS.words("who acts together")
"""Behind "do" and the like they say that it is no question for yes or no."""
ARTICLES = _QUESTIONS.words("articles")
BESIDE_EACH_OTHER = _QUESTIONS.words("side by side")
ASKING_KINDS: tuple[Kind, ...] = ("super", "ordinal", "number", "rank", "all", "count", "by", "order")
"""What, right before "jobs", asks for jobs: "the highest paying jobs", "each job"."""


class Draft:
    """A request and the pieces that are left. Fillers are gone, but what stood between pieces can still be asked."""

    def __init__(self, text: str, words: Sequence[Term], pieces: Sequence[Token], *, occupations: bool) -> None:
        self._text = text
        self._words = words
        meant = list(_asked_for(list(_told_apart(pieces, occupations=occupations))))
        if any(piece.value == SenseValue.LOOK and self._word_after(piece) not in SEARCHED for piece in meant):
            meant = [piece for piece in meant if not piece.is_a("how")]
        self.pieces = [piece for piece in meant if not piece.is_a("filler", "is it")]
        self.request = Request()
        self.request.yes_no = meant[0].is_a("is it") and not any(word.word in ADDRESSED for word in words[1:2])
        self.request.possible = meant[0].value == SenseValue.MODAL
        self.request.amount = any(piece.value == SenseValue.HOW_MUCH for piece in meant)
        self.request.not_understood = tuple(_second_questions(meant))
        self.request.unit = _unit_of_change(words)

    def of(self, *kinds: Kind) -> list[Token]:
        """The pieces of these kinds that are left."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    def take(self, *kinds: Kind) -> list[Token]:
        """All pieces of these kinds: they are understood."""
        taken = self.of(*kinds)
        self.drop(*taken)
        return taken

    def drop(self, *pieces: Token) -> None:
        """These pieces are understood."""
        self.pieces = [piece for piece in self.pieces if piece not in pieces]

    def doubt(self, *pieces: Token) -> None:
        """These pieces are known words, but their part in the question is not clear."""
        self.drop(*pieces)
        self.request.not_understood += pieces

    def replace(self, piece: Token, kind: Kind, value: str) -> Token:
        """This piece means something else."""
        meant = Token(kind, value, piece.first, piece.last)
        self.pieces[self.pieces.index(piece)] = meant
        return meant

    def after(self, piece: Token) -> Token | None:
        """The piece right behind this one, fillers aside."""
        return next((other for other in self.pieces if other.first > piece.last), None)

    def before(self, piece: Token) -> Token | None:
        """The piece right before this one, fillers aside."""
        return next((other for other in reversed(self.pieces) if other.last < piece.first), None)

    def word_before(self, piece: Token) -> str:
        """The word right before a piece, fillers included."""
        return self._words[piece.first - 1].word if piece.first else ""

    def _word_after(self, piece: Token) -> str:
        return self._words[piece.last + 1].word if piece.last + 1 < len(self._words) else ""

    def preposition_before(self, piece: Token) -> str:
        """The word before a piece and its article."""
        at = piece.first - 1
        while at > 0 and self._words[at].word in ARTICLES:
            at -= 1
        return self._words[at].word if at >= 0 else ""

    def side_by_side(self, first: Token, second: Token) -> bool:
        """Whether two pieces touch, or stand in a list: "low and high", "low, median", "low/median"."""
        between = self._words[first.last + 1 : second.first]
        signs = self._text[self._words[first.last].end : self._words[second.first].start]
        return not between or bool(PUNCTUATION & set(signs)) or any(w.word in BESIDE_EACH_OTHER for w in between)


def _unit_of_change(words: Sequence[Term]) -> str:
    """In which unit a change is wanted, a share before a number; empty if the words do not say."""
    said = {CHANGE_UNITS[term.word] for term in words if term.word in CHANGE_UNITS}
    return next((unit for unit in dict.fromkeys(CHANGE_UNITS.values()) if unit in said), "")


def _told_apart(pieces: Sequence[Token], *, occupations: bool) -> Iterator[Token]:
    """Where a table tells occupations apart, "specialists" may be part of the name of one; "new areas" earn nothing."""
    for piece, after in pairwise((*pieces, pieces[-1])):
        unnamed = piece.is_a("any one") and piece.value == SenseValue.PROFESSION and occupations
        of_rows = piece.value == "new$" and after.is_a("rows")
        yield piece._replace(kind="word") if unnamed or of_rows else piece


def _asked_for(pieces: Sequence[Token]) -> Iterator[Token]:
    """ "Which jobs" and "the best paid jobs" ask for jobs; elsewhere "jobs" may only be a word for who works."""
    telling = [piece for piece in pieces if not piece.is_a("filler") or piece.value == SenseValue.WHICH]
    before = {after: piece for piece, after in pairwise(telling)}
    named = any(piece.mention is not None and piece.mention.has_role(ColumnRole.OCCUPATION) for piece in pieces)
    for piece in pieces:
        ahead = before.get(piece)
        asked = ahead is not None and (ahead.value == SenseValue.WHICH or ahead.kind in ASKING_KINDS) and not named
        yield piece._replace(value="which occupation") if asked and piece.value == SenseValue.OCCUPATION else piece


def _second_questions(pieces: Sequence[Token]) -> Iterator[Token]:
    """The "and" that begins a second question: "and what do they do", "and is it required"."""
    for piece, after in pairwise(pieces):
        if piece.is_a("and") and (after.value == SenseValue.WHICH or after.is_a("is it")):
            yield piece

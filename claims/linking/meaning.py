"""Which finding of its source a claim tells of, where neither a concept nor a shared word ties the two.

"Fewer of them quit" names no outcome of the vocabulary, and the source says "staff turnover". Each stretch of
the claim's words that is not yet taken for anything is held against what each finding of the cited work says
came of it (``claims.linking.nearness``). The nearest is taken for what the claim tells of where it is near
enough and clearly nearer than any finding of something else. What the vocabulary tells apart stays apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from claims.alignment import ALL_WORDS, content_words
from claims.concepts import CLOSE, Vocabulary
from claims.linking.nearness import SILENT, nearness
from claims.model import Claim, LinkedFinding, Taken
from claims.quantities.patterns import WORDS
from claims.sentence.change import change_cues
from claims.sentence.inheriting import says_no_more_than_how_much
from claims.sentence.outcome_directions import of_unnamed
from claims.sentence.slots import comparator_regions
from graph.evidence import Finding, Iri

__all__ = ["by_meaning", "names_another", "says_change", "told_by_meaning"]

AS_SURE = (
    0.74  # the score of a finding so tied: it bears on the claim, but not directly (``claims.verdicts``)
)
_SET_APART = 0.55  # below what any rule takes for the finding that a claim tells of
LEAST = 0.5  # less is as near as many words are by chance
CLEARLY = 0.1  # nearer than any other finding
ALONE = 0.6  # where no other sentence is there to be nearer than
# so near to what was tried, or on whom, words do not say what came of it
_SUBJECT, _WHOM_NEAR = 0.5, 0.7
_ANOTHER = 0.3  # less near than this to what a claim took over, its own words are of something else
_WINDOW = 3  # words of a stretch that are held together
_LONGER = 0.02
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_IN_WHOM = re.compile(
    r"\b(?:among|in (?:those|people|adults|patients|children|women|men))\b[^,;.]*", re.IGNORECASE
)
_NO_EDGE = SILENT | frozenset(
    """
    did does do also they he she we you me them him us it so too as more less most least when where while if
    then once only even just very much many few any some all both each every other others another one two
    three four five six seven eight nine ten twenty thirty forty fifty hundred made make makes got get gets
    reported significantly not no nor neither respectively
    """.split()  # noqa: SIM905
)
_ROLES = ("result", "synthesis", None)


def by_meaning(claim: Claim, found: Sequence[LinkedFinding], vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings of the one work that a claim cites; where only nearness in meaning says which of them it
    tells of, those with what was taken for what, the others set apart."""
    works = {one.work.iri: one.work for one in found if one.work is not None}
    if claim.citations_inherited or len(works) != 1 or any(_tied(claim, one, vocabulary) for one in found):
        return list(found)
    (work,) = works.values()
    taken = told_by_meaning(claim, [one.finding for one in found], work.title or "", vocabulary)
    if not taken:
        return list(found)
    return [
        replace(
            one,
            taken=taken[one.finding.iri],
            direction=_bearing(claim, one.finding, taken[one.finding.iri], vocabulary),
            score=AS_SURE,
        )
        if one.finding.iri in taken
        else replace(one, direction="neutral", score=min(one.score, _SET_APART))
        for one in found
    ]


def names_another(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim that took its outcome over from the text around it says something else of its own.

    "Almonds lowered glucose. They went to the toilet more often": that is not of glucose.
    """
    outcome = claim.proposition.outcome
    named = {mention.concept for mention in claim.mentions}
    if not outcome or any(iri in named for iri in outcome) or says_no_more_than_how_much(claim.text):
        return False
    own = list(_stretches(claim.text, _taken_places(claim)))
    labels = [vocabulary.label(iri) for iri in outcome]
    return bool(own) and all(nearness(one, label) < _ANOTHER for one in own for label in labels)


def _tied(claim: Claim, one: LinkedFinding, vocabulary: Vocabulary) -> bool:
    """Whether a finding is what a claim tells of by the outcome that both name, by their words or numbers."""
    met = vocabulary.best_fit(claim.proposition.outcome, one.finding.outcome) in CLOSE
    return met or one.aligned >= ALL_WORDS


def says_change(text: str) -> bool:
    """Whether a sentence says that something changed, for better or worse, more or less.

    >>> says_change("Itchy eyes got better too."), says_change("Eyes itched as before.")
    (True, False)
    """
    meanings = {cue.meaning for cue in change_cues(text)}
    return bool(meanings) and "no-difference" not in meanings


def _bearing(claim: Claim, finding: Finding, taken: Taken, vocabulary: Vocabulary) -> str:
    """supports, refutes or neutral: more is not less, and neither of them none.

    What is near in meaning may be the lack of the other ("live longer" and mortality): where words say so and
    where a finding only "improved", more and less are not held against one another.
    """
    way = claim.proposition.effect_direction
    if finding.outcome:
        way = of_unnamed(claim, finding.outcome[0], vocabulary) or way
    studied = finding.effect_direction
    if way is None and studied == "no-difference" and says_change(claim.text):
        return "refutes"
    if way is None or studied is None:
        return "neutral"
    if way == studied:
        return "supports"
    if "no-difference" in (way, studied):
        return "refutes"
    turns = _TURNS.search(f"{taken.said} {taken.meant}") or _BETTERED.search(finding.quote or "")
    return "neutral" if turns else "refutes"


# words that may be what another counts the lack of
_TURNS = re.compile(
    r"\b(?:li(?:fe|v)\w*|alive|surviv\w*|deaths?|d(?:ie|ying)\w*|mortal\w*|dry\w*|dried|wet\w*|awake\w*|w[ao]ke\w*|asleep|sle[ep]\w*"
    r"|insomni\w*|adher\w*|stick|stuck|stay\w*|remain\w*|quit\w*|stop\w*|give|gave|drop\w*|withdr\w*|abst\w*|sober"
    r"|cessation|relaps\w*|remission|recover\w*|heal\w*|cure\w*|free|without|lack\w*|loss|lost|gain\w*|fit\w*|frail\w*"
    r"|strong\w*|weak\w*|steady|steadi\w*|stab\w*|fall\w*|calm\w*|well|ill\w*|sick\w*|health\w*|work\w*|employ\w*"
    r"|absent\w*|attend\w*)\b",
    re.IGNORECASE,
)
_BETTERED = re.compile(r"\b(?:improv|better|worse|benefi|favou?r)\w*", re.IGNORECASE)


# "sixty patients", "those with the disease": whom it is about, not what came of it
_ONLY_PEOPLE = re.compile(
    rf"(?:(?:\d[\d,.]*|{'|'.join(WORDS)}|all|both|most|those|these|the|of|old|older|young|younger|healthy)[\s-]+)*"
    r"(?:patients?|people|persons?|participants?|adults?|women|men|children|volunteers|subjects|individuals)",
    re.IGNORECASE,
)


def told_by_meaning(
    claim: Claim, findings: Sequence[Finding], title: str, vocabulary: Vocabulary
) -> dict[Iri, Taken]:
    """The findings that a claim is taken to tell of, each with the words that were taken for one another.

    Empty where nothing is near enough, or findings of different things are about as near, or those that are
    near go different ways.
    """
    rivals = [one for one in findings if one.quote_role in _ROLES]
    tried_at_all = tuple({iri for one in rivals for iri in one.exposure})
    open_to = [one for one in rivals if _may_be(claim, one, tried_at_all, vocabulary)]
    if not open_to:
        return {}
    tried, whom = _subject(title)
    silent = _everywhere(rivals) | _tried(rivals, vocabulary) | content_words(f"{tried} {whom}")
    about = [(one, _SUBJECT) for one in _stretches(tried, ())] + [
        (one, _WHOM_NEAR) for one in _stretches(whom, ())
    ]
    mine = [
        one
        for one in _apart_from(silent, _stretches(claim.text, _taken_places(claim)))
        if not _ONLY_PEOPLE.fullmatch(one) and all(_near(one, other) < most for other, most in about)
    ]
    if not mine:
        return {}
    nearest = {
        one.iri: _nearest(mine, _apart_from(silent, _of_finding(one, rivals, vocabulary))) for one in rivals
    }
    known = [(one, taken) for one in open_to if (taken := nearest[one.iri]) is not None]
    if not known:
        return {}
    worth = {iri: _worth(one.said, one.meant) for iri, one in nearest.items() if one is not None}
    best, taken = max(known, key=lambda pair: (worth[pair[0].iri], pair[0].iri))
    if worth[best.iri] < LEAST:
        return {}
    words = content_words(taken.meant)
    same = [one for one in rivals if one is best or words <= content_words(_text_of(one, rivals))]
    others = [worth.get(one.iri, 0.0) for one in rivals if one not in same]
    if any(worth[best.iri] - other < CLEARLY for other in others):
        return {}
    if len({one.quote for one in rivals}) == 1 and worth[best.iri] < ALONE:
        return {}
    if len({one.effect_direction for one in same if one.effect_direction is not None}) > 1:
        return {}
    return {one.iri: taken for one in same if one in open_to}


def _may_be(claim: Claim, finding: Finding, tried_at_all: tuple[Iri, ...], vocabulary: Vocabulary) -> bool:
    """Whether no concept that the claim names itself stands against the finding's or its source's."""
    named = {mention.concept for mention in claim.mentions}
    said = claim.proposition
    outcome = tuple(iri for iri in said.outcome if iri in named)
    exposure = tuple(iri for iri in (*said.exposure, *said.co_intervention) if iri in named)
    if outcome and finding.outcome:
        return False  # the vocabulary knows both: what it does not bring together stays apart
    tried = (*finding.exposure, *finding.co_intervention) or tried_at_all
    return vocabulary.best_fit(exposure, tried) in (*CLOSE, None)


_PARTS = re.compile(
    r"^(?:(?:the|an?)\s)?(?:(?:\w+\s)?(?:effects?|efficacy|effectiveness|impact|association|relation(?:ship)?|influence|role)"
    r"\s(?:of|between)\s)?(?P<tried>.+?)(?:\s(?:and|on|for|with|to|versus|vs\.?|after|in|as)\s(?P<rest>.*))?$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"(?:.*\b(?:in|among)|^(?!.*\b(?:in|among)\b).*?\b(?:of|for))\s(?P<whom>.+)$", re.IGNORECASE
)


def _subject(title: str) -> tuple[str, str]:
    """What a title says was tried, and on whom: "coffee", "men" of "Coffee and gout in men"."""
    head = title.split(":", 1)[0].split("?", 1)[0]
    parts = _PARTS.match(head)
    if parts is None:
        return "", ""
    rest = parts["rest"] or ""
    whom = _WHOM.search(rest)
    told = content_words(rest[: whom.start("whom")] if whom else rest)
    tried = _WORD.sub(lambda one: "," if content_words(one.group()) & told else one.group(), parts["tried"])
    return tried, whom["whom"] if whom else ""


def _everywhere(findings: Sequence[Finding]) -> frozenset[str]:
    """Content words of more than half of several sentences: they tell none of them from the others."""
    texts = {one.quote or one.text or "" for one in findings}
    counts = Counter(word for text in texts for word in content_words(text))
    return frozenset(word for word, count in counts.items() if count >= 2 and count * 2 > len(texts))


def _tried(findings: Sequence[Finding], vocabulary: Vocabulary) -> frozenset[str]:
    """The content words of what was tried: they say nothing of what came of it."""
    tried = {iri for one in findings for iri in (*one.exposure, *one.co_intervention)}
    return frozenset(word for iri in tried for word in content_words(vocabulary.label(iri)))


def _apart_from(silent: frozenset[str], stretches: Iterable[str]) -> list[str]:
    return [one for one in stretches if not content_words(one) <= silent]


# parts of the body that are none
_IDIOMS = re.compile(
    r"\b(?:hand in hand|at hand|on the (?:one|other) hand|by a (?:nose|head|hair)|head to head|side by side"
    r"|neck and neck|in the long run|at heart|by heart|on (?:its|their) feet|rule of thumb|in the eyes of)\b",
    re.IGNORECASE,
)


def _taken_places(claim: Claim) -> list[tuple[int, int]]:
    """Where the claim's text is taken for something else than what came of it."""
    said = claim.proposition
    other = {*said.exposure, *said.co_intervention, *said.comparator, *said.population}
    spans = [one.span for one in claim.mentions if one.concept in other]
    spans += [one.span for one in claim.citations]
    places = [claim.sentence.place(span) for span in spans]
    return [
        *places,
        *comparator_regions(claim.text),
        *(match.span() for match in _IN_WHOM.finditer(claim.text)),
        *(match.span() for match in _IDIOMS.finditer(claim.text)),
    ]


def _stretches(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Runs of up to three words of a text that say something, without what is ``taken`` and any change."""
    silent = [*taken, *(place for cue in change_cues(text) for place in _ends(text, cue.start, cue.end))]
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if any(low < match.end() and match.start() < high for low, high in silent):
            yield from _windows(run)
            run = []
        elif text[end : match.start()].strip() and run:
            yield from _windows(run)
            run = [word]
        else:
            run.append(word)
        end = match.end()
    yield from _windows(run)


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a word of change stands; of more than two words the first and the last: "kept teeth from"."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    return [words[0], words[-1]] if len(words) > 2 else [(start, end)]


def _windows(run: Sequence[str]) -> Iterator[str]:
    for start in range(len(run)):
        for stop in range(start + 1, min(len(run), start + _WINDOW) + 1):
            window = run[start:stop]
            if {window[0], window[-1]} & _NO_EDGE:
                continue
            phrase = " ".join(window)
            if content_words(phrase):
                yield phrase


def _text_of(finding: Finding, rivals: Sequence[Finding]) -> str:
    """What a finding says: its sentence, or its own words of it where others share the sentence."""
    sentence = finding.quote or finding.text or ""
    shared = any(one is not finding and one.quote == finding.quote for one in rivals)
    return finding.label if shared and finding.label else sentence


def _of_finding(finding: Finding, rivals: Sequence[Finding], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stretches of a finding that may say what came of it."""
    named = () if finding.method == "automatic" else tuple(vocabulary.label(iri) for iri in finding.outcome)
    return (*named, *_read(_text_of(finding, rivals), finding.exposure, vocabulary))


_kept: dict[tuple[str, tuple[Iri, ...]], tuple[Vocabulary, tuple[str, ...]]] = {}


def _read(text: str, exposure: tuple[Iri, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    kept = _kept.get((text, exposure))
    if kept is not None and kept[0] is vocabulary:
        return kept[1]
    taken = [match.span() for asides in (_ASIDE, _IN_WHOM) for match in asides.finditer(text)]
    for mention in vocabulary.find(text):
        if mention.concept in exposure or "outcome" not in mention.roles:
            taken.append((mention.span.start, mention.span.end))
    found = tuple(dict.fromkeys(_stretches(text, [*taken, *comparator_regions(text)])))
    if len(_kept) >= 2_000:
        _kept.clear()
    _kept[text, exposure] = vocabulary, found
    return found


def _nearest(mine: Sequence[str], theirs: Sequence[str]) -> Taken | None:
    """The two stretches that are nearest; of about as near ones the longer say more."""
    pairs = [(one, other) for one in mine for other in theirs]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: _worth(*pair))
    return Taken(one, other, _near(one, other))


def _worth(one: str, other: str) -> float:
    """How near two stretches are, a little more for each word beyond the first."""
    return _near(one, other) + _LONGER * (2 * one.count(" ") + other.count(" "))


@lru_cache(maxsize=20_000)
def _near(one: str, other: str) -> float:
    """How near two stretches are; a word that both have does not hide that the others differ.

    "Left hand" is no nearer to "right hand" than left is to right.
    """
    value = nearness(one, other)
    mine, theirs = one.split(), other.split()
    shared = set(mine) & set(theirs)
    if shared and len(mine) > len(shared) and len(theirs) > len(shared):
        rest = [" ".join(word for word in words if word not in shared) for words in (mine, theirs)]
        return min(value, nearness(*rest))
    return value

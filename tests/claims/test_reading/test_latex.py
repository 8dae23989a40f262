# ruff: noqa: E501 - an article as it is written
"""LaTeX is read as it is printed, with offsets into its source."""

from __future__ import annotations

import pytest

from claims import citations, references
from claims.audit import Checker
from claims.reading import read_text
from claims.reading.latex import read_latex

ARTICLE = r"""\documentclass{article}
\title{Tea: a \emph{na\"ive} view}
\author{Ann\thanks{Tea cures colds}}
\begin{document}
\maketitle
\section*{Sleep}\label{s}
Tea lengthens sleep by 20\,\% in adults~\citep[p.~3]{roe,lamb}. % tea cures colds
Milk---or \v{S}uma---does not\footnote{C.~Loos and F.~Moor. Invented cocoa. J Fict Sleep, 12(1):3--9, 2019.}, says
\href{https://doi.org/10.5555/tea}{a trial}.

\begin{table}\caption{Cups \& sleep}
\begin{tabular}{ll}\hline
Two & Tea lengthens sleep \cite{roe} \\
\end{tabular}\end{table}
\begin{equation} tea = cures \end{equation}
\begin{itemize}\item One. \item[b] Two.\end{itemize}
\begin{thebibliography}{9}
\bibitem{roe} A.~Roe and B. Poe. Invented tea and sleep. \emph{J Fict Sleep}, 14(2):33--39, 2021.

\bibitem[Lamb(2020)]{lamb}
E.~Lamb and F.~Shah.
\newblock Invented milk and sleep.
\newblock \emph{J Fict Sleep}, 13(1):3--9, 2020.
\end{thebibliography}
\end{document}
"""


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_what_is_printed_is_read(media_type: str) -> None:
    document = read_text(ARTICLE, media_type)
    shown = [(block.kind, block.text) for block in document.blocks]
    assert shown[:2] == [("title", "Tea: a naïve view"), ("heading", "Sleep")]
    place = ARTICLE.index(r"\footnote")
    assert shown[2] == (
        "paragraph",
        f"Tea lengthens sleep by 20 % in adults [@roe; @lamb]. Milk—or Šuma—does not[^{place}], says a trial.",
    )
    assert ("caption", "Cups & sleep") in shown
    assert ("table", "Two | Tea lengthens sleep [@roe]") in shown
    assert [text for kind, text in shown if kind == "list-item"] == ["One.", "Two."]
    assert not any("cures" in text for _, text in shown)
    for block in document.blocks:
        for sign, at in zip(block.text, block.offsets, strict=False):
            if sign.isascii() and sign.isalpha() and not block.text.startswith("Tea:"):
                assert ARTICLE[at] == sign, (block.text, at)


def test_keys_lead_to_the_entries_and_entries_to_their_works() -> None:
    document = read_text(ARTICLE)
    found = references.find(document)
    assert [(one.label, one.fields.title, one.fields.pages) for one in found if not one.implied] == [
        (f"^{ARTICLE.index(chr(92) + 'footnote')}", "Invented cocoa", "3-9"),
        ("@roe", "Invented tea and sleep", "33-39"),
        ("@lamb", "Invented milk and sleep", "3-9"),
    ]
    assert [one.references for one in citations.find(document, found)] == [(2,), (3,), (1,), (4,), (2,)]


def test_the_key_of_an_entry_need_not_be_that_of_the_library(tmp_path) -> None:
    bib = tmp_path / "own.bib"
    bib.write_text(
        "@article{Roe2021,author={Roe, A. and Poe, B.},title={Invented tea and sleep},"
        "journal={J Fict Sleep},volume=14,number=2,pages={33--39},year=2021}\n"
    )
    report = Checker.of(refs=[bib]).check(read_text(ARTICLE))
    assert [one.status.value for one in report.references if one.reference.label == "@roe"] == ["verified"]


@pytest.mark.parametrize(
    "piece", ["{", "}", r"\footnote{", r"\section{", r"\label{", r"\begin{tabular}", r"\cite{", "$", "\\"]
)
def test_what_is_left_open_is_read_in_good_time(piece: str) -> None:
    read_latex("\\documentclass{article}\\begin{document}Tea " + piece * 20_000 + " helps.")

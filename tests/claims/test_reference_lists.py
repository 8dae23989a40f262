# ruff: noqa: E501 - lists as they are printed
"""Whole reference lists as health articles print them: found, parted, and read field by field."""

from __future__ import annotations

import pytest

from claims import citations
from claims.model import ReferenceFields
from claims.reading import read_text
from claims.references import find


@pytest.mark.parametrize("heading", ["<b>References</b>", "Primary sources", "<strong>Literatur:</strong>"])
def test_a_list_whose_heading_stands_in_its_paragraph(heading: str) -> None:
    page = (
        "<div><p>Cherries may help (Losso &amp; Fin, 2018).</p>Juice may too.<br><br>Few tried it.<br><br>"
        f"{heading}<br>Losso J, Fin B. Tart cherry juice and sleep. J Fict Sleep 2018;25:e194-e201.<br>"
        "Pigeon W. Juice and sleep. Invented Food 2010;13(3):579-83.<br></div>"
    )
    document = read_text(page, "text/html")
    assert [one.raw[:5] for one in find(document)] == ["Losso", "Pigeo"]
    assert [block.text for block in document.blocks[1:3]] == ["Juice may too.", "Few tried it."]


@pytest.mark.parametrize(
    "row",
    [
        "<dt>{}</dt><dd>{}</dd>",
        "<div>{}</div><div>{}</div>",
        "<tr><td>{}</td><td>{}</td></tr>",
    ],
)
def test_labels_that_stand_apart_from_their_entries(row: str) -> None:
    works = (
        "Losso J, Fin B. Tart cherry juice and sleep. J Fict Sleep 2018;25:e194-e201.",
        "Pigeon W. Juice and sleep. Invented Food 2010;13(3):579-83.",
    )
    labels = ("1.", "2.") if "<td>" in row else ("[Los18]", "[Pig10]")
    rows = "".join(row.format(label, work) for label, work in zip(labels, works, strict=True))
    document = read_text(f"<p>Cherries may help.</p><h2>Literature</h2><div>{rows}</div>", "text/html")
    assert tuple(one.raw for one in find(document)) == works
    assert tuple(one.label for one in find(document)) == tuple(label.strip("[].") for label in labels)


def test_numbers_set_close_to_their_entries() -> None:
    page = (
        "<p>Cherries may help.</p><h2>References</h2><ul><li><span>1.</span><cite>Losso J, Fin B. Tart "
        "cherry juice and "
        "sleep. J Fict Sleep 2018;25:e194-e201.</cite></li><li><span>2.</span><cite>Pigeon W. Juice and "
        "sleep. Invented "
        "Food 2010;13(3):579-83.</cite></li></ul>"
    )
    assert [(one.label, one.raw[:5]) for one in find(read_text(page, "text/html"))] == [
        ("1", "Losso"),
        ("2", "Pigeo"),
    ]


def test_a_numbered_link_is_an_entry_beside_others() -> None:
    text = (
        "Kiwis\n\nKiwis may help [1], cherries too [2].\n\n[1] https://doi.org/10.1000/fruit.5\n"
        "[2] Losso J, Fin B. Tart cherry juice and sleep. J Fict Sleep 2018;25:e194-e201.\n"
        "[3] Pigeon W. Juice and sleep. Invented Food 2010;13(3):579-83.\n\nUnsubscribe any time.\n"
    )
    found = find(read_text(text, "text/plain"))
    assert [one.label for one in found] == ["1", "2", "3"]
    assert found[0].fields.doi == "10.1000/fruit.5"


@pytest.mark.parametrize(
    "listed",
    [
        # lines of one paragraph, each an entry, with no author and no number before some of them
        "## References\n\nTea Consumer. (2019, October 5). *Tea on the high street*. https://www.example.com/tea\n"
        "Oat drinkers’ survey. (2021, May). *Tea Consumer*, 12–14.\n"
        "Losso, J. (in press). Tart cherry juice and sleep. *J Fict Sleep*.\n"
        "Rule (EU) 2015/9999 of the Parliament of Nowhere of 25 November 2015 on cherries.\n",
        "**Bibliography**\n\n¹ Losso J. Cherry juice. J Fict Sleep 2018;25:e194.\n"
        "² Pigeon W. Juice and sleep. Invented Food 2010;13(3):579-83.\n"
        "³ Reed A. Juice. Invented Food 2011;14:1-9.\n⁴ Marsh B. Tea. Invented Food 2012;15:1-9.\n",
        "References: [1] Losso J. Cherry juice. J Fict Sleep 2018;25:e194. [2] Pigeon W. Juice and sleep. "
        "Invented Food 2010;13(3):579-83. [3] Reed A. Juice. Invented Food 2011;14:1-9. [4] Marsh B. Tea. "
        "Invented Food 2012;15:1-9.\n",
        "Sources:\n1. https://doi.org/10.1000/fruit.5\n2. https://pubmed.ncbi.nlm.nih.gov/99900031/\n"
        "3. https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9990032/\n4. www.example.com/cherries\n",
        "## Works cited\n\nLosso, J. (n.d.) Cherries. Available at: https://www.example.org/c (Accessed: 3 May 2022).\n"
        "Pigeon, W. (2010) 'Juice and sleep', Invented Food, 13(3), pp. 579-583.\n"
        "Reed, A. (forthcoming) 'More juice', Invented Food.\nMarsh, B. (2012) Tea. London: Tea Press.\n",
    ],
    ids=["untitled lines", "raised numbers", "in one line", "links alone", "undated"],
)
def test_lists_of_few_signs(listed: str) -> None:
    assert len(find(read_text(f"# Cherries\n\nThey may help.\n\n{listed}", "text/markdown"))) == 4


def test_a_single_reference_behind_its_heading() -> None:
    text = "# Cherries\n\nThey may help.\n\n**Reference:** Losso J, Fin B. Cherries. *J Fict Sleep*. 2018;25:1-9.\n"
    (one,) = find(read_text(text, "text/markdown"))
    assert one.fields.authors[0].family == "Losso"


NOTED = """<html><body><article><h1>Cherries</h1><p>Cherries lengthened sleep.<a class="footnote-anchor"
id="footnote-anchor-1-9" href="#footnote-1-9">1</a> So they say.<a id="footnote-anchor-2-9" href="#footnote-2-9">2</a>
Losso found more.<sup><a href="#footnote-3-9" id="footnote-anchor-3-9">3</a></sup></p>
<div class="footnote"><a id="footnote-1-9" href="#footnote-anchor-1-9" class="footnote-number">1</a><div><p>Losso J,
Fin B. “Tart cherry juice and sleep”, <em>J Fict Sleep</em>, 2018, 25:194-201.</p></div></div>
<div class="footnote"><a id="footnote-2-9" href="#footnote-anchor-2-9" class="footnote-number">2</a><div><p>My mother,
mostly.</p></div></div>
<div class="footnote"><a id="footnote-3-9" href="#footnote-anchor-3-9" class="footnote-number">3</a><div><p>Losso and
Fin, “Tart cherry juice”, 196.</p></div></div></article></body></html>"""


def test_notes_of_a_page_are_entries_point_to_them_or_name_no_work() -> None:
    document = read_text(NOTED, "text/html")
    printed = find(document)
    assert [(one.label, one.raw[:8]) for one in printed] == [("1", "Losso J,")]
    cited = citations.find(document, printed)
    assert [(one.text, one.references) for one in cited] == [("1", (1,)), ("2", ()), ("3", (1,))]


def test_a_note_may_name_several_works() -> None:
    text = (
        "# Cherries\n\nThey help.[^1] Really.[^2] Or not.[^3]\n\n"
        "[^1]: Jan Losso and Bo Fin, “Cherry Juice,” *J Fict Sleep* 25, no. 4 (2018): 94–99.\n"
        "[^2]: Ibid., 96; see also Willa Pigeon et al., “Juice and Sleep,” *Invented Food* 13 (2010): 579.\n"
        "[^3]: Told by growers; Losso and Fin 2018.\n"
    )
    document = read_text(text, "text/markdown")
    printed = find(document)
    assert [one.fields.authors[0].family for one in printed] == ["Losso", "Pigeon"]
    notes = [one for one in citations.find(document, printed) if one.style == "footnote"]
    assert [one.references for one in notes] == [(1,), (1, 2), (1,)]


def test_an_entry_without_a_title_is_no_work_named_by_the_text() -> None:
    page = (
        '<p>Cherries may help.<sup><a href="#n1">[1]</a></sup></p><h2>References</h2><ol><li id="n1">Ocean C. '
        "<i>Throats</i>. Tea Press, 2010. p. 33.</li></ol>"
    )
    document = read_text(page, "text/html")
    printed = find(document)
    assert [one.references for one in citations.find(document, printed)] == [(1,)]


APA = """# Sitting less

Breaking up sitting helps (Dempsey et al., 2016; Owen & Healy, 2020a).

## References

American Diabetes Association Professional Practice Committee. (2024). 5. Facilitating positive health
behaviors: Standards of care in diabetes—2024. *Diabetes Care*, *47*(Suppl. 1), S77–S110.
https://doi.org/10.2337/dc24-S005

García-Hermoso, A., Ramírez-Vélez, R., & Saavedra, J. M. (in press). Exercise and children. *Obesity
Reviews*. Advance online publication. https://doi.org/10.1111/obr.00000

Kahneman, D. (2011). *Thinking, fast and slow* (2nd ed.). Farrar, Straus and Giroux.

Owen, N., & Healy, G. N. (2020a). Sedentary behavior and public health. In P. A. Kern & R. Moss (Eds.),
*Handbook of active living* (3rd ed., pp. 45–67). Academic Press.

Sjöström, M., Öhman, Å., & Łukasiewicz, K. (2019, March 12). Walking meetings at work. *PLOS ONE*, *14*(3),
Article e0213456. https://doi.org/10.1371/journal.pone.0213456

World Health Organization. (2020, November 25). *WHO guidelines on physical activity and sedentary
behaviour*. https://www.who.int/publications/i/item/9789240015128
"""
VANCOUVER = """Naps and shifts

Short naps help nurses on nights (1), and coffee does too (2,3).

REFERENCES

1. Martin-Gill C, Barger LK, Moore CG, Higgins JS, Teasley EM, Weiss PM, et al. Effects of napping during
shift work on sleepiness. Prehosp Emerg Care. 2018 Feb 15;22(sup1):47-57. doi:
10.1080/10903127.2017.1376136. Epub 2018 Jan 11. PMID: 29324083.
2. Ker K, Edwards PJ, Felix LM. Caffeine for the prevention of injuries and errors in shift workers.
Cochrane Database Syst Rev. 2010;(5):CD008508. doi:10.1002/14651858.CD008508
3. GBD 2019 Diseases and Injuries Collaborators. Global burden of 369 diseases and injuries in 204
countries and territories, 1990-2019. Lancet. 2020;396(10258):1204-22.
4. National Institute for Health and Care Excellence. Chronic fatigue [Internet]. London: NICE; 2021 [cited
2023 Mar 4]. Available from: https://www.nice.org.uk/guidance/ng206
5. Walker MP. Sleep and memory. In: Squire LR, editor. Encyclopedia of neuroscience. Oxford: Academic Press;
2009. p. 913-9.
6. de la Cruz-Vargas JA, O'Neill B, van 't Hof A, Nguyễn VT. Sleep in medical students. Rev Bras Med.
2022;28:e20220133.
"""
AMA = """<html><body><nav><ul><li>Home</li><li>About 2020</li></ul></nav><main><h1>Fish oil</h1>
<p>Fish oil did not prevent strokes.<sup>1,2</sup></p><h2>Sources</h2><ol>
<li>Manson JE, Cook NR, Lee I-M, et al; VITAL Research Group. Marine n-3 fatty acids and prevention of
cardiovascular disease. <i>N Engl J Med</i>. 2019;380(1):23-32. doi:10.1056/NEJMoa1811403</li>
<li>Abdelhamid AS, Brown TJ, Brainard JS, et al. Omega-3 fatty acids for prevention. <i>Cochrane Database
Syst Rev</i>. 2020;3(3):CD003177. Accessed May 3, 2023. https://www.cochranelibrary.com/x</li>
</ol></main></body></html>
"""
HARVARD = """# Coffee

Coffee drinkers live longer (Poole et al. 2017).

**Reference list**

- Poole, R., Kennedy, O.J. and Parkes, J. (2017) 'Coffee consumption and health: umbrella review', *BMJ*, 359,
  j5024. doi: 10.1136/bmj.j5024.
- NHS (2022) *Water, drinks and hydration*. Available at: https://www.nhs.uk/well/ (Accessed: 4 May 2023).
- Pollan, M. (2021) *This is your mind on plants*. London: Penguin.
- Ding, M. et al. (2014) 'Long-term coffee consumption', *Circulation*, 129(6), pp. 643–659.
"""
CHICAGO = """# Gardens

Gardening lowers stress.[^1]

Bibliography

Soga, Masashi, Kevin J. Gaston, and Yuichi Yamaura. "Gardening Is Beneficial for Health: A Meta-Analysis."
*Preventive Medicine Reports* 5 (2017): 92–99. https://doi.org/10.1016/j.pmedr.2016.11.007.

Louv, Richard. *Last Child in the Woods: Saving Our Children from Nature-Deficit Disorder*. Chapel Hill, NC:
Algonquin Books, 2008.

Van Den Berg, Agnes E., and Mariëtte H. G. Custers. "Gardening Promotes Neuroendocrine and Affective
Restoration from Stress." *Journal of Health Psychology* 16, no. 1 (2011): 3–11.
"""
MIXED = """# Mixed

Something is claimed (Smith 2020).

## Sources

1. Ekelund U, Tarp J, et al. Dose-response associations between activity and mortality. *BMJ* 2019;366:l4570.
   <https://doi.org/10.1136/bmj.l4570>
2. Légaré F, Stacey D, et al. Shared decision making. Cochrane Database of Systematic Reviews
   2018, Issue 7. Art. No.: CD006732. DOI: 10.1002/14651858.CD006732.pub4.
3. Physical activity. Fact sheet. World Health Organization; 26 June 2024. https://www.who.int/news-room/x
4. Müller K, von der Heide B: Ernährung im Alter. Dtsch Arztebl Int 2019; 116: 12–20.
5. Smith J, Doe A. Walking and mood. medRxiv [Preprint]. 2021 Mar 4:2021.03.01.21252750. doi: 10.1101/2021.03.01.21252750
6. Okoro A. Sleep in shift workers [PhD thesis]. Leeds: University of Leeds; 2018.
7. Lee A, Roe C. Tea and sleep. Sleep Med. Published online June 3, 2024. doi:10.1016/j.sleep.2024.05.012
8. Smith J et al. JAMA 2020;323:123-30.
9. Harvard T.H. Chan School of Public Health. Fiber and health. Accessed March 3, 2024. https://example.org/fiber/
10. The Lancet. Long COVID and the brain. Lancet Neurol. 2021;20(4):247.
11. Office of Dietary Supplements. (2024). Magnesium: Fact sheet for professionals. https://example.org/magnesium
12. García-López M. Dieta y presión arterial. Rev Esp Cardiol (Engl Ed). 2020;73(4):301-9. Spanish.
13. [Sauna and blood pressure](https://doi.org/10.1000/x). Laukkanen T, et al. *Am J Hypertens.* 2017;30(11):1120–1125.
"""
MDPI = """Vitamin D

Vitamin D has little effect on falls [1,2].

References

1.\tBolland, M.J.; Grey, A.; Avenell, A. Effects of vitamin D supplementation: A systematic review. Lancet Diabetes Endocrinol. 2018, 6, 847–858. [CrossRef] [PubMed]
2.\tLeBoff, M.S.; Chou, S.H.; Ratliff, K.A.; et al. Supplemental Vitamin D and Incident Fractures. N. Engl. J. Med. 2022, 387, 299–309.
3.\tHolick, M.F. Vitamin D: A Millennium Perspective. In Vitamin D in Health; Adams, J., Ed.; Humana Press: Totowa, NJ, USA, 2010; pp. 1–20.
"""


def told(fields: ReferenceFields) -> str:
    """The fields in one line: authors|year|title|journal or book|volume|pages."""
    names = "; ".join(f"{one.family} {one.initials}".strip() for one in fields.authors)
    return "|".join(
        [
            names + (" et al" if fields.et_al else ""),
            str(fields.year or ""),
            (fields.title or "")[:12],
            fields.journal or (f"in {fields.container}" if fields.container else ""),
            fields.volume or "",
            fields.pages or "",
        ]
    )


@pytest.mark.parametrize(
    ("text", "media_type", "wanted"),
    [
        (
            APA,
            "text/markdown",
            [
                "American Diabetes Association Professional Practice Committee|"
                "2024|Facilitating|Diabetes Care|47|S77-S110",
                "García-Hermoso A; Ramírez-Vélez R; Saavedra JM||Exercise and|Obesity Reviews||",
                "Kahneman D|2011|Thinking, fa|||",
                "Owen N; Healy GN|2020|Sedentary be|in Handbook of active living||45-67",
                "Sjöström M; Öhman Å; Łukasiewicz K|2019|Walking meet|PLOS ONE|14|e0213456",
                "World Health Organization|2020|WHO guidelin|||",
            ],
        ),
        (
            VANCOUVER,
            "text/plain",
            [
                "Martin-Gill C; Barger LK; Moore CG; Higgins JS; Teasley EM; Weiss PM et al|"
                "2018|Effects of n|Prehosp Emerg Care|22|47-57",
                "Ker K; Edwards PJ; Felix LM|2010|Caffeine for|Cochrane Database Syst Rev||CD008508",
                "GBD 2019 Diseases and Injuries Collaborators|2020|Global burde|Lancet|396|1204-22",
                "National Institute for Health and Care Excellence|2021|Chronic fati|||",
                "Walker MP|2009|Sleep and me|in Encyclopedia of neuroscience||913-9",
                "de la Cruz-Vargas JA; O'Neill B; van 't Hof A; Nguyễn VT|"
                "2022|Sleep in med|Rev Bras Med|28|e20220133",
            ],
        ),
        (
            AMA,
            "text/html",
            [
                "Manson JE; Cook NR; Lee IM; VITAL Research Group et al|"
                "2019|Marine n-3 f|N Engl J Med|380|23-32",
                "Abdelhamid AS; Brown TJ; Brainard JS et al|"
                "2020|Omega-3 fatt|Cochrane Database Syst Rev|3|CD003177",
            ],
        ),
        (
            HARVARD,
            "text/markdown",
            [
                "Poole R; Kennedy OJ; Parkes J|2017|Coffee consu|BMJ|359|j5024",
                "NHS|2022|Water, drink|||",
                "Pollan M|2021|This is your|||",
                "Ding M et al|2014|Long-term co|Circulation|129|643-659",
            ],
        ),
        (
            CHICAGO,
            "text/markdown",
            [
                "Soga M; Gaston KJ; Yamaura Y|2017|Gardening Is|Preventive Medicine Reports|5|92-99",
                "Louv R|2008|Last Child i|||",
                "Van Den Berg AE; Custers MHG|2011|Gardening Pr|Journal of Health Psychology|16|3-11",
            ],
        ),
        (
            MDPI,
            "text/plain",
            [
                "Bolland MJ; Grey A; Avenell A|2018|Effects of v|Lancet Diabetes Endocrinol|6|847-858",
                "LeBoff MS; Chou SH; Ratliff KA et al|2022|Supplemental|N. Engl. J. Med.|387|299-309",
                "Holick MF|2010|Vitamin D: A|in Vitamin D in Health||1-20",
            ],
        ),
        (
            MIXED,
            "text/markdown",
            [
                "Ekelund U; Tarp J et al|2019|Dose-respons|BMJ|366|l4570",
                "Légaré F; Stacey D et al|2018|Shared decis|"
                "Cochrane Database of Systematic Reviews||CD006732",
                "|2024|Physical act|||",
                "Müller K; von der Heide B|2019|Ernährung im|Dtsch Arztebl Int|116|12-20",
                "Smith J; Doe A|2021|Walking and |medRxiv||",
                "Okoro A|2018|Sleep in shi|||",
                "Lee A; Roe C|2024|Tea and slee|Sleep Med||",
                "Smith J et al|2020||JAMA|323|123-30",
                "Harvard T.H. Chan School of Public Health||Fiber and he|||",
                "The Lancet|2021|Long COVID a|Lancet Neurol|20|247",
                "Office of Dietary Supplements|2024|Magnesium: F|||",
                "García-López M|2020|Dieta y pres|Rev Esp Cardiol (Engl Ed)|73|301-9",
                "Laukkanen T et al|2017|Sauna and bl|Am J Hypertens|30|1120-1125",
            ],
        ),
    ],
    ids=["APA", "Vancouver", "AMA", "Harvard", "Chicago", "MDPI", "mixed"],
)
def test_a_list_in_a_style(text: str, media_type: str, wanted: list[str]) -> None:
    assert [told(one.fields) for one in find(read_text(text, media_type))] == wanted


def test_ibid_in_a_note_of_a_page_is_the_note_above() -> None:
    notes = (
        "Losso J, Fin B. Tart cherry juice and sleep. J Fict Sleep 2018;25:194-201.",
        "Pigeon W. Juice and sleep. Invented Food 2010;13:579-83.",
        "Ibid.",
    )
    text = "".join(
        f'Cherries help.<a href="#_edn{n}" name="_ednref{n}"><sup>[{n}]</sup></a> ' for n in (1, 2, 3)
    )
    below = "".join(
        f'<div><p class="MsoEndnoteText"><a href="#_ednref{n}" name="_edn{n}">[{n}]</a> {note}</p></div>'
        for n, note in enumerate(notes, 1)
    )
    document = read_text(f"<html><body><p>{text}</p><hr/>{below}</body></html>", "text/html")
    printed = find(document)
    assert [one.references for one in citations.find(document, printed)] == [(1,), (2,), (2,)]

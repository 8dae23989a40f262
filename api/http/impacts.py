"""What if a work falls: ``/api/{works,studies}/{id}/impact`` and ``POST /api/what-if``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http import negotiation
from api.http.answers import LINKED, service_of, tagged
from api.http.problems import documented, problem
from api.http.resources import full
from graph.evidence import EffectEstimate, Iri
from graph.impact import Impact, render, what_if

router = APIRouter(prefix="/api", tags=["evidence"], responses=documented(404, 406, 409, 415))

FORMATS = {"application/json": "json", LINKED: "jsonld", "text/plain": "text", "text/vnd.mermaid": "mermaid"}
Form = Annotated[Literal["json", "jsonld", "text", "mermaid"] | None, Query(description="Instead of Accept.")]
Change = Literal["retracted", "corrected"]
Number = Annotated[float, Field(allow_inf_nan=False)]
_IMPACT: dict[int | str, dict[str, Any]] = {
    200: {"description": "What changes", "content": {kind: {} for kind in FORMATS}}
}


class NewEstimate(BaseModel):
    """The new numbers of a finding."""

    model_config = ConfigDict(extra="forbid")

    measure: str = Field(min_length=1, max_length=80, description="As in the ontology: hazard-ratio.")
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    level: Number | None = Field(default=None, gt=0, lt=100)
    better: Literal["lower", "higher"] | None = None


class WhatIf(BaseModel):
    """Works and studies that fall together, or findings whose numbers are corrected."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"of": ["work/pocovi2024walkback"], "change": "retracted"}]},
    )

    of: list[Annotated[str, Field(min_length=1, max_length=500)]] = Field(min_length=1, max_length=50)
    change: Change = "retracted"
    corrected: dict[str, NewEstimate] = Field(default_factory=dict, max_length=50)


def _impact(kind: str) -> Callable[..., Response]:
    def impact(
        identifier: str,
        request: Request,
        change: Annotated[Change, Query(description="Retracted, or its numbers in doubt.")] = "retracted",
        format: Form = None,
    ) -> Response:
        iri = full(identifier, kind, service_of(request).store.base)
        return _told(request, format, lambda: what_if(service_of(request).store, [iri], change=change))

    impact.__name__ = f"impact_of_{kind}"
    impact.__doc__ = f"Which claims and recommendations change, and how, if this {kind} falls."
    return impact


for _plural, _kind in (("works", "work"), ("studies", "study")):
    router.add_api_route(
        f"/{_plural}/{{identifier:path}}/impact",
        _impact(_kind),
        methods=["GET"],
        responses=_IMPACT,
        response_class=Response,
    )


@router.post("/what-if", responses=_IMPACT, response_class=Response)
def what_if_they_fall(asked: WhatIf, request: Request, format: Form = None) -> Response:
    """The same for several together, or with the new numbers of findings. Nothing is changed."""
    store = service_of(request).store
    corrected = {
        Iri(iri if ":" in iri else store.base + iri): EffectEstimate(
            new.measure,
            value=_exact(new.value),
            low=_exact(new.low),
            high=_exact(new.high),
            level=_exact(new.level),
            better=new.better,
        )
        for iri, new in asked.corrected.items()
    }
    return _told(
        request,
        format,
        lambda: what_if(store, asked.of, change=asked.change, corrected=corrected),
    )


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(repr(number))


def _told(request: Request, format: str | None, work: Callable[[], Impact]) -> Response:
    by_accept = negotiation.best(request.headers.get("accept"), list(FORMATS))
    media_type = next((kind for kind, name in FORMATS.items() if name == format), by_accept)
    if media_type is None:
        return problem(406, "not-acceptable", "an impact can be had as " + ", ".join(FORMATS))
    return tagged(request, render(work(), FORMATS[media_type]), media_type, headers={"Vary": "Accept"})

"""Nanopublications checked and signed by the ``nanopub`` library (the extra ``export``)."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.export.nanopubs import TEMPORARY, build, serialize
from graph.export.publishing import Publisher
from graph.export.selecting import select, select_quads
from graph.store import Store


def signed_nanopubs(
    store: Store,
    key: str | PathLike[str],
    publisher: Publisher,
    identifier: str | None = None,
) -> bytes:
    """The nanopublications of all claims, or of those ``identifier`` rests on, signed; as TriG.

    ``key`` is the file of an RSA private key: PEM, or the one line of base64 that nanopublication tools
    write. ``publisher.iri`` names the signer (an ORCID). Nothing is published anywhere.

    Raises:
        ClaimspineError: ``extra-missing``, ``no-signer``, ``key-unreadable``, ``nanopub-malformed``.
    """
    if not publisher.iri:
        raise ClaimspineError(
            "no-signer", "a signed nanopublication names who signs", hint="give an ORCID, as an IRI"
        )
    profile = _profile(Path(key), publisher)
    quads = select_quads(store, identifier)
    unsigned = build(select(store, identifier), quads, publisher, under=TEMPORARY)
    return serialize(quad for one in unsigned for quad in _sign(one, profile))


def check(quads: Iterable[ox.Quad]) -> None:
    """Hold one nanopublication to the library's own rules.

    Raises:
        ClaimspineError: ``nanopub-malformed``, ``extra-missing``.
    """
    nanopub = _library()
    try:
        made = nanopub.Nanopub(rdf=_rdflib(quads))
        valid = made.is_valid
    except nanopub.utils.MalformedNanopubError as exc:
        raise ClaimspineError("nanopub-malformed", str(exc)) from exc
    if not valid:
        raise ClaimspineError("nanopub-malformed", "the nanopublication is not valid")


def _sign(quads: list[ox.Quad], profile: Any) -> list[ox.Quad]:
    nanopub = _library()
    made = nanopub.Nanopub(rdf=_rdflib(quads), conf=nanopub.NanopubConf(profile=profile))
    try:
        made.sign()
    except nanopub.utils.MalformedNanopubError as exc:
        raise ClaimspineError("nanopub-malformed", str(exc)) from exc
    text = made.rdf.serialize(format="nquads")
    return sorted(
        ox.parse(text, format=ox.RdfFormat.N_QUADS), key=lambda quad: (str(quad.graph_name), str(quad))
    )


def _rdflib(quads: Iterable[ox.Quad]) -> Any:
    import warnings

    import rdflib

    with warnings.catch_warnings():  # the nanopub library asks for this class
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.ConjunctiveGraph()
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    graph.parse(data=data.decode(), format="nquads")
    return graph


def _profile(key: Path, publisher: Publisher) -> Any:
    nanopub = _library()
    try:
        text = key.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as exc:
        raise ClaimspineError("key-unreadable", f"cannot read the key: {exc}", path=key) from exc
    line = "".join(one.strip() for one in text.splitlines() if not one.startswith("-----"))
    try:
        return nanopub.Profile(orcid_id=publisher.iri, name=publisher.name or "", private_key=line)
    except (ValueError, IndexError, TypeError) as exc:
        raise ClaimspineError(
            "key-unreadable",
            "this is not an RSA private key without a passphrase",
            path=key,
            hint="write one with `openssl genrsa 2048`",
        ) from exc


def _library() -> Any:
    try:
        import nanopub
        import nanopub.utils
    except ImportError as exc:
        raise ClaimspineError(
            "extra-missing",
            "signing needs the nanopub library",
            hint="install it with: pip install 'claimspine[export]'",
        ) from exc
    return nanopub

"""Write docs/neo4j.grass, the style of Neo4j Browser, from the classes: ``python scripts/make_neo4j_style.py``.

Browser gives a node the look of the last rule that names one of its labels, and makes up a rule, behind all others, for
each label that has none. So every label has one, those of the classes above first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tsunagari.graph.neo4j.names import RESOURCE
from tsunagari.ontology.vocabulary import vocabulary

STYLE = Path(__file__).parent.parent / "docs" / "neo4j.grass"
WHITE, BLACK, GREY = "#FFFFFF", "#000000", ("#A5ABB6", "#9AA1AC", "#FFFFFF")
BLUE, SKY = ("#0072B2", "#005A8E", WHITE), ("#56B4E9", "#3A92C3", BLACK)
ORANGE, GREEN = ("#E69F00", "#B87F00", BLACK), ("#009E73", "#007A59", WHITE)
YELLOW, PINK = ("#F0E442", "#C2B72A", BLACK), ("#CC79A7", "#A65E87", BLACK)
KINDS = {  # the most particular class that a label is or is below decides; colours that the colour-blind tell apart
    "Organization": BLUE,
    "PublicOrganisation": SKY,
    "Collaboration": ORANGE,
    "PublicService": GREEN,
    "Activity": GREEN,
    "Location": YELLOW,
    "Feature": YELLOW,
    "SourceDocument": PINK,
}
LARGE = "Collaboration"
ABOVE = (RESOURCE, "Class", "owl_Class", "prov_Entity", "Property", "ObjectProperty", "DatatypeProperty")
OTHERS = ("AnnotationProperty", "Ontology", "Role")
ARROWS = {
    "COLLABORATES_WITH": ("#D55E00", "3px", WHITE, "{kind}"),
    "MEMBER_OF": ("#E69F00", "2px", BLACK, "<type>"),
    "PROVIDES": ("#009E73", "2px", WHITE, "<type>"),
    "COVERS": ("#C2B72A", "2px", BLACK, "<type>"),
}


def labels() -> list[str]:
    """Return every label of a node of ours, those of the classes above first."""
    words = vocabulary()
    depth = {name: sum(words.is_a(name, other) for other in words.classes) for name in words.classes}
    return [*ABOVE, *OTHERS, *sorted(words.classes, key=lambda name: (depth[name], name))]


def look(label: str) -> tuple[str, str, str]:
    """Return the colours of a label: inside, border, text."""
    words = vocabulary()
    above = [top for top in KINDS if label in words.classes and words.is_a(label, top)]
    return KINDS[min(above, key=lambda top: len(words.subclasses(top)))] if above else GREY


def rules() -> Iterator[str]:
    """Yield the rules in the order of the file."""
    inside, border, text = GREY
    plain = {"diameter": "50px", "color": inside, "border-color": border, "border-width": "2px"}
    yield _rule("node", plain | {"text-color-internal": text, "font-size": "10px", "caption": '"{name}"'})
    line = {"color": inside, "shaft-width": "1px", "font-size": "8px", "padding": "3px"}
    line |= {"text-color-external": BLACK, "text-color-internal": WHITE, "caption": '"<type>"'}
    yield _rule("relationship", line)
    words = vocabulary()
    for label in labels():
        inside, border, text = look(label)
        found = {"color": inside, "border-color": border, "text-color-internal": text, "caption": '"{name}"'}
        if label in words.classes and words.is_a(label, LARGE):
            found["diameter"] = "80px"
        yield _rule(f"node.{label}", found)
    for name, (color, width, text, caption) in ARROWS.items():
        shown = {"color": color, "shaft-width": width, "text-color-internal": text, "caption": f'"{caption}"'}
        yield _rule(f"relationship.{name}", shown)


def _rule(selector: str, found: dict[str, str]) -> str:
    return "\n".join([f"{selector} {{", *(f"  {name}: {value};" for name, value in found.items()), "}"])


def style() -> str:
    """Return the text of the file."""
    return "\n".join(rules()) + "\n"


if __name__ == "__main__":
    STYLE.write_text(style(), encoding="utf-8", newline="\n")

"""Contracts of the import linter that the house needs and the linter does not bring."""

from __future__ import annotations

from importlinter import Contract, ContractCheck, fields, output


class SeamContract(Contract):
    """Nobody imports what stands inside a room; the room's own package names what others may have.

    Options
    -------
    packages
        Packages whose sub-packages are the rooms.
    """

    type_name = "seams"

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: object, verbose: bool) -> ContractCheck:  # noqa: ARG002 - the linter gives it
        """Find every import that passes a room's seam, late and type imports too."""
        passed = [
            (importer, imported)
            for package in self.packages
            for imported in sorted(graph.modules)
            if (room := _room(package, imported, graph)) and imported != room
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if importer != room and not importer.startswith(f"{room}.")
            if not _by_name(importer, imported, room, graph)
        ]
        return ContractCheck(kept=not passed, metadata={"passed": passed})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which import passes which seam."""
        for importer, imported in check.metadata["passed"]:
            output.print_error(f"{importer} imports {imported}; import what the room names in its __init__")


def _by_name(importer: str, imported: str, room: str, graph: object) -> bool:
    """Tell whether a name of the seam is imported that a module behind it has too."""
    lines = graph.get_import_details(importer=importer, imported=imported)
    return bool(lines) and all(line["line_contents"].strip().startswith(f"from {room} import ") for line in lines)


def _room(package: str, module: str, graph: object) -> str | None:
    """Return the room of a package that a module stands in, None where there is none."""
    if not module.startswith(f"{package}."):
        return None
    room = ".".join([package, module[len(package) + 1 :].split(".")[0]])
    return room if graph.find_children(room) else None

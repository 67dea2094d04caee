"""Reads `cargo metadata` on standard input and fails for a licence or a source that is not accepted.

This is the part of deny.toml that must hold on every machine, also where cargo-deny is not installed.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

RULES = tomllib.loads((Path(__file__).parent.parent / "deny.toml").read_text())
ACCEPTED = set(RULES["licenses"]["allow"])
# Each with the crates that may bring it all the same.
BANNED = {rule["crate"]: set(rule.get("wrappers", [])) for rule in RULES["bans"]["deny"]}
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def is_accepted(expression: str) -> bool:
    """Says whether an SPDX expression can be met with accepted licences: AND needs all of its parts, OR one."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def alternatives() -> bool:
        result = requirements()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            result = requirements() or result
        return result

    def requirements() -> bool:
        result = term()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = term() and result
        return result

    def term() -> bool:
        token = tokens.pop(0)
        if token == "(":
            result = alternatives()
            tokens.pop(0)
            return result
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            return f"{token} WITH {tokens.pop(0)}" in ACCEPTED or token in ACCEPTED
        return token in ACCEPTED

    return alternatives()


def brought_by(metadata: dict, package: str) -> set[str]:
    """The names of the crates that depend on a package."""
    names = {known["id"]: known["name"] for known in metadata["packages"]}
    return {names[node["id"]] for node in metadata["resolve"]["nodes"] if package in node["dependencies"]}


def main() -> int:
    metadata = json.load(sys.stdin)
    ours = set(metadata["workspace_members"])
    built = {node["id"] for node in metadata["resolve"]["nodes"]}
    complaints = []
    for package in metadata["packages"]:
        name = f"{package['name']} {package['version']}"
        if package["id"] in ours or package["id"] not in built:
            continue
        if package["source"] != REGISTRY:
            complaints.append(f"{name} comes from {package['source']}")
        if not is_accepted(package["license"] or "none"):
            complaints.append(f"{name} has the licence {package['license']}")
        if package["name"] in BANNED and not brought_by(metadata, package["id"]) <= BANNED[package["name"]]:
            complaints.append(f"{name} is banned in deny.toml")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

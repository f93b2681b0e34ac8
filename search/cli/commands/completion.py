"""dalil completion: print the script with which a shell completes command lines."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from search.cli.completion.scripts import SCRIPTS
from search.cli.parameters import Argument
from search.cli.registry import command


class Shell(StrEnum):
    """Shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@command("completion")
def completion(
    shell: Annotated[Shell, Argument(metavar="SHELL", help="One of bash, zsh and fish.")],
) -> None:
    """Print a script; with it the shell completes commands, options, values and paths.

    Example: dalil completion bash > ~/.local/share/bash-completion/completions/dalil
    """
    print(SCRIPTS[shell.value], end="")

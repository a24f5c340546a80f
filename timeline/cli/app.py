"""The Typer application that the commands hang on, and what it answers by itself."""

from typing import Annotated

import typer

app = typer.Typer(
    name="timeline",
    help="Dated, sourced events and partnerships from Chinese news pages.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"timeline {version('dashiji')}")
        raise typer.Exit


@app.callback()
def answer(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Dated, sourced events and partnerships from Chinese news pages."""

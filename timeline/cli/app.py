"""The Typer application that the commands hang on."""

import typer

app = typer.Typer(
    name="timeline",
    help="Dated, sourced events and partnerships from Chinese news pages.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

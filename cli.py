"""The command line: one command per workflow function; `docs/commands.md` is its contract."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import words
from commands import changing, covering, editing, exporting, gaps, importing, planning, staffing
from commands.common import Database, day_of, opened
from console import language, progress_bar, tell, today
from geo.errors import DiabanError, InputError

app = typer.Typer(
    name="diaban",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Địa bàn: where teams have reached, who is left, and who takes which households.",
)


def main() -> None:
    """Run the command; what a person can mend is told in a line or two, exit 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles are not by default
    try:
        _in_words(typer.main.get_command(app))()
    except DiabanError as error:
        sys.stderr.write(words.sentence(error.code, language(), **error.facts) + "\n")
        sys.exit(1)


# --- the app and the made-up ward ---


@app.command("app")
def run_app(
    database: Database = None,
    port: Annotated[int, typer.Option("--port", help="The port to listen on.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Open no browser.")] = False,
    made_up: Annotated[
        bool, typer.Option("--made-up", help="Fill an empty store with the made-up ward first.")
    ] = False,
) -> None:
    """Open the app."""
    from data.serving import serve

    if made_up:
        import workflow

        with opened(database) as store, progress_bar() as progress:
            workflow.ensure_made_up_ward(store, until=today(), progress=progress)
    serve(database=database, port=port, open_browser=not headless)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")],
    households: Annotated[int, typer.Option("--households", min=50, max=200_000)] = 11_000,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    until: Annotated[str | None, typer.Option("--until", help="The day the visits end.")] = None,
) -> None:
    """Write a made-up ward as the files that people would have."""
    import workflow

    try:
        files = workflow.write_made_up_ward(
            folder, households=households, seed=seed, until=day_of(until)
        )
    except OSError as error:
        raise InputError("export_unwritable", file=str(folder)) from error
    tell("demo_written", files=len(files), folder=str(folder))


def _in_words(command: Any) -> Any:
    """Say what a command, its options and the commands below it are for in the user's language."""
    if command.help:
        command.help = words.help_text(command.help, language())
    for option in command.params:
        if getattr(option, "help", None):
            option.help = words.help_text(option.help, language())
    for below in getattr(command, "commands", {}).values():
        _in_words(below)
    return command


for step in (importing, editing, covering, gaps, planning, changing, staffing, exporting):
    app.registered_commands += step.commands.registered_commands


if __name__ == "__main__":
    main()

"""The command `modelday`: the engine's commands, and those of the service that stands on it."""

from api.cli.audit_command import audit
from api.cli.keys_commands import keys
from api.cli.serve_command import serve
from engine.cli.main import app

app.command()(serve)
app.command()(audit)
app.add_typer(keys)

if __name__ == "__main__":
    app()

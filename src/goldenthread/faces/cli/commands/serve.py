"""`goldenthread serve` and `goldenthread site`: the explorer in a browser, and as files."""

import errno
import socket
import sys
from pathlib import Path

import click

from goldenthread.errors import Unavailable
from goldenthread.faces.cli.options import base_option, data_option, open_data, store_option
from goldenthread.faces.cli.output import printable_text, tell, write

_LAST_PORT = 65_535


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, _LAST_PORT),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 takes any that is free.",
)
@data_option
@store_option
@base_option
def serve_command(host: str, port: int, data: tuple[Path, ...], store: str, base: str) -> None:
    """Start the explorer; the plan is in an embedded store and nothing has to be set up.

    Only this computer can reach it unless --host says otherwise. Ctrl-C stops it.

    \b
    Examples:
      goldenthread serve
      goldenthread serve --port 9000
      goldenthread serve --data my-plan/
      goldenthread serve --base https://data.example.org/id/
    """  # noqa: D301 - \b keeps click from joining the lines
    dataset = open_data(data, store, base)
    # Taken before anything slow is loaded, and kept: nobody can take the port in between.
    with _listen(host, port) as listening:
        from goldenthread.faces.web.app import create_app
        from goldenthread.faces.web.running import server_of

        app = create_app(dataset)
        name = f"[{host}]" if ":" in host else host
        tell(f"The explorer is at http://{name}:{listening.getsockname()[1]}. Ctrl-C stops it.")
        server_of(app).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        Unavailable: the port is taken or may not be had, or the address is not this computer's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
        # Every connection takes this over. Without it an answer on a kept connection waits 40 ms
        # for the acknowledgement of its own header.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except socket.gaierror as error:
        raise Unavailable(
            f"{host} is no address of this computer. Try --host 127.0.0.1."
        ) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < _LAST_PORT else 8000
            raise Unavailable(
                f"Port {port} is taken: another program listens there, perhaps another "
                f"explorer. Stop it, or give another port: --port {other}."
            ) from error
        if error.errno == errno.EACCES:
            raise Unavailable(
                f"Port {port} may not be used by this account. Give one above 1023: --port 8000."
            ) from error
        raise Unavailable(
            f"Cannot listen at {host}, port {port}: {error.strerror}. Try --host 127.0.0.1."
        ) from error


@click.command("site")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--downloads/--no-downloads",
    default=True,
    show_default=True,
    help="Whether to write what pages offer and lead to: tables, documents, RDF, evidence.",
)
@data_option
@store_option
@base_option
def site_command(
    folder: Path, data: tuple[Path, ...], store: str, base: str, *, downloads: bool
) -> None:
    """Write the explorer's pages as files into FOLDER: they open from a shared drive.

    Prints the file to open. Downloads stand beside their pages; most of the time goes into them.

    \b
    Examples:
      goldenthread site public/
      goldenthread site public/ --data my-plan/
      goldenthread site public/ --no-downloads
      goldenthread site public/ --base https://data.example.org/id/
    """  # noqa: D301 - \b keeps click from joining the lines
    dataset = open_data(data, store, base)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    from goldenthread.faces.web.site import write_site

    try:
        write_site(dataset, folder, _progress, downloads=downloads, alone=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    write(printable_text(f"{folder / 'index.html'}\n"), None)


def _unwritable(folder: Path, error: OSError) -> Unavailable:
    return Unavailable(
        f"{folder} cannot be written to: {error.strerror or error}. Give a folder of your own."
    )


def _progress(*done: object) -> None:
    """Show how far it is on standard error, where a person is watching."""
    if sys.stderr.isatty():
        click.echo(" ".join(str(d) for d in done), err=True)

"""Write the explorer's pages as files: the server's, without what needs one."""

from collections.abc import Callable
from pathlib import Path

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import FileLinks
from goldenthread.faces.web.pages import FAMILIES
from goldenthread.faces.web.pages.assets import ICON
from goldenthread.store.dataset import READINGS, Dataset

Progress = Callable[..., None]


def write_site(dataset: Dataset, folder: Path, progress: Progress | None = None) -> int:
    """Write all pages in both readings into a folder; return how many.

    The same data set gives the same bytes. Files that are there already are written over, others
    left alone.

    Args:
        dataset: the data set.
        folder: where to write; made if it is missing.
        progress: called now and then with a sentence that says how far it is.

    Raises:
        OSError: a file cannot be written.
    """
    x = Explorer(dataset)
    plans = {
        reading: {p: make for f in FAMILIES for p, make in f(x).files(reading)}
        for reading in READINGS
    }
    pages = {reading: set(plan) for reading, plan in plans.items()}
    total, done = sum(map(len, pages.values())), 0
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icon.svg").write_bytes(ICON)
    for name, built in x.assets.items():
        (folder / name).write_bytes(built.read_bytes())
    for reading, plan in plans.items():
        top = FileLinks(x, reading, "", pages)
        for path, make in plan.items():
            links = top.at(path)
            target = folder / Path(links.file(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(make(links))
            done += 1
            if progress and (done % 20 == 0 or done == total):
                progress(f"{done} of {total} pages written")
    return total

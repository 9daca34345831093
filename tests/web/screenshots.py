"""Make the pictures of the main pages in docs/images/: python tests/web/screenshots.py [FOLDER].

Shows the plan that ships, in the Chromium of this system.
"""

import sys
from importlib import util
from pathlib import Path
from shutil import which
from urllib.parse import quote_plus

from goldenthread.store.dataset import Dataset

HERE = Path(__file__).resolve()
QUERY = """SELECT ?action ?label WHERE {
  ?action a gt:Action ;
    rdfs:label ?label .
}
ORDER BY ?label"""
SHOTS = {
    "overview": ("/", 1200, 1500),
    "overview-phone": ("/", 320, 1500),
    "trace": ("/trace?focus=corporate-priority/4", 1200, 1500),
    "drawing": ("/trace?focus=corporate-priority/4&view=drawing#drawing", 1200, 1100),
    "thing": ("/doc/occ-libraries-heritage/service-priority/1.4", 1200, 1500),
    "corrections": ("/corrections", 1200, 1300),
    "source": ("/sources/annex-3", 1200, 1300),
    "compare": ("/compare", 1200, 1300),
    "coverage": ("/coverage", 1200, 1500),
    "briefing": ("/briefing?focus=corporate-priority/4", 1200, 1500),
    "timeline": ("/timeline", 1200, 1300),
    "graph": ("/graph?focus=corporate-priority/4", 1200, 1300),
    "search": ("/search?q=1.5", 1200, 1100),
    "library": ("/library/actions-by-period", 1200, 1300),
    "checks": ("/checks", 1200, 1300),
    "rule": ("/rules/Measure-target", 1200, 1300),
    "evidence": ("/why?focus=service-priority/1.4+supports+corporate-priority/2", 1200, 1300),
    "samples": ("/samples", 1200, 1000),
    "editor": (f"/query?query={quote_plus(QUERY)}", 1200, 1300),
}


def main(folder: Path) -> None:
    """Write one PNG for each page into a folder."""
    from playwright.sync_api import sync_playwright

    spec = util.spec_from_file_location("web_conftest", HERE.parent / "conftest.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/web/conftest.py is missing")
    shared = util.module_from_spec(spec)
    sys.modules["web_conftest"] = shared
    spec.loader.exec_module(shared)
    found = next((p for n in shared.CHROMIUM_NAMES if (p := which(n))), None)
    if found is None:
        raise SystemExit("No Chromium on this system: install Debian's package chromium.")
    folder.mkdir(parents=True, exist_ok=True)
    with shared.serving(Dataset.open()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=shared.CHROMIUM_ARGUMENTS)
        for name, (path, width, height) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(server.url + path)
            page.wait_for_timeout(500)  # What a script draws stands where it belongs only then.
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "docs" / "images")

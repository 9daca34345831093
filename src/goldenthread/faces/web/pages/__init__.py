"""The pages, a family a module; `FAMILIES` is all of them, in the order of their routes."""

from goldenthread.faces.web.page import Pages
from goldenthread.faces.web.pages.about import About
from goldenthread.faces.web.pages.assets import Assets
from goldenthread.faces.web.pages.briefing import Briefings
from goldenthread.faces.web.pages.catalog import Catalog
from goldenthread.faces.web.pages.checks import Checks
from goldenthread.faces.web.pages.compare import Compare
from goldenthread.faces.web.pages.corrections import Corrections
from goldenthread.faces.web.pages.coverage import Coverage
from goldenthread.faces.web.pages.gaps import Gaps
from goldenthread.faces.web.pages.graph import Graph
from goldenthread.faces.web.pages.home import Home
from goldenthread.faces.web.pages.library import Library
from goldenthread.faces.web.pages.query import Editor
from goldenthread.faces.web.pages.report import Reports
from goldenthread.faces.web.pages.rules import Rules
from goldenthread.faces.web.pages.samples import Samples
from goldenthread.faces.web.pages.search import Search
from goldenthread.faces.web.pages.sources import Sources
from goldenthread.faces.web.pages.terms import Terms
from goldenthread.faces.web.pages.things import Things
from goldenthread.faces.web.pages.timeline import Timelines
from goldenthread.faces.web.pages.trace import Traces
from goldenthread.faces.web.pages.why import Accounts

FAMILIES: tuple[type[Pages], ...] = (
    Home,
    Traces,
    Briefings,
    Accounts,
    Coverage,
    Gaps,
    Checks,
    Samples,
    Rules,
    Reports,
    Corrections,
    Timelines,
    Graph,
    Compare,
    Sources,
    Search,
    Library,
    Editor,
    About,
    Things,
    Terms,
    Catalog,
    Assets,
)

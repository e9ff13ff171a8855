"""The reading pipeline: a spaCy Language of components, in the order in which they need each other.

Each component is registered under a ``kehoach_…`` name (and as an entry point), so that a pipeline of one's own can
take any of them; all work on ``doc._.reading``, which the tokenizer lays out.
"""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract import tokenizer
from extract.components.document_numbers import read_documents
from extract.components.milestones import read_milestones
from extract.components.plan import read_plan
from extract.components.purposes import read_purposes
from extract.components.requirements import read_requirements
from extract.components.sections import read_sections
from extract.components.targets import read_targets

if not Doc.has_extension("reading"):
    Doc.set_extension("reading", default=None)


@Language.component("kehoach_sections", assigns=["doc._.reading"])
def sections(doc: Doc) -> Doc:
    """Headings, the blocks under them, page furniture."""
    read_sections(doc._.reading)
    return doc


@Language.component("kehoach_documents", requires=["doc._.reading"])
def documents(doc: Doc) -> Doc:
    """Documents cited with a number, their dates and issuers."""
    read_documents(doc._.reading)
    return doc


@Language.component("kehoach_plan", requires=["doc._.reading"])
def plan(doc: Doc) -> Doc:
    """Kind of post, the plan it is about, its province; the roles of the documents."""
    read_plan(doc._.reading)
    return doc


@Language.component("kehoach_targets", requires=["doc._.reading"])
def targets(doc: Doc) -> Doc:
    """Quantified aims of the plan."""
    read_targets(doc._.reading)
    return doc


@Language.component("kehoach_purposes", requires=["doc._.reading"])
def purposes(doc: Doc) -> Doc:
    """Purposes the plan states."""
    read_purposes(doc._.reading)
    return doc


@Language.component("kehoach_requirements", requires=["doc._.reading"])
def requirements(doc: Doc) -> Doc:
    """Requirements and orders."""
    read_requirements(doc._.reading)
    return doc


@Language.component("kehoach_milestones", requires=["doc._.reading"])
def milestones(doc: Doc) -> Doc:
    """Dated steps."""
    read_milestones(doc._.reading)
    return doc


ORDER = (
    "kehoach_sections",
    "kehoach_documents",  # needs sections: furniture holds licence numbers
    "kehoach_plan",  # needs documents: the plan is one of them
    "kehoach_targets",  # needs the plan: a post about none promises nothing
    "kehoach_purposes",
    "kehoach_requirements",  # after purposes: one sentence is not both
    "kehoach_milestones",  # after targets: a target's year is no milestone
)


@cache
def load_pipeline(gated: bool = True) -> Language:
    """The whole pipeline. ``gated=False`` gives the slow reference path that looks at everything everywhere."""
    config = {"nlp": {"lang": "vi", "tokenizer": {"@tokenizers": tokenizer.NAME, "gated": gated}}}
    vocab = Vocab(lex_attr_getters={})  # no shapes and prefixes of words, which nobody asks for
    nlp = spacy.util.get_lang_class("vi").from_config(config, vocab=vocab)
    nlp.max_length = 100_000_000  # spaCy's default guards its statistical models; ours have none
    for name in ORDER:
        nlp.add_pipe(name)
    return nlp

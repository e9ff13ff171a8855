"""What a portal's post page holds, before its language is read.

A family (``crawler.families``) fills a `PostPage` from HTML; ``extract`` turns it into a post. The model stands here,
between the two, so that neither needs to know the other.
"""

from pydantic import BaseModel, ConfigDict, Field


class AttachmentLink(BaseModel):
    """A file that a post offers for download."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(description="The words of the link, as shown")
    url: str = Field(description="Absolute URL of the file")


class PostPage(BaseModel):
    """The parts of one post page. Texts are as shown; HTML fragments are as served."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(description="Headline, as shown")
    body_html: str = Field(description="HTML of the post's own body: no menus, no related posts, no tools")
    summary: str | None = Field(default=None, description="Lead paragraph shown apart from the body")
    published: str | None = Field(default=None, description="Publication time, ISO 8601 with +07:00, or a date")
    views: int | None = Field(default=None, description="View count of this post, never of the site")
    author: str | None = Field(default=None, description="Author line, as shown")
    source: str | None = Field(default=None, description="Source line (nguồn), as shown")
    attachments: tuple[AttachmentLink, ...] = Field(default=(), description="Files offered by the post")

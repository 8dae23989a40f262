"""Reading articles: Markdown, plain text, HTML and .docx into blocks with exact offsets."""

from claims.reading.files import DEFAULT_LIMIT, read_article, read_bytes, read_text

__all__ = ["DEFAULT_LIMIT", "read_article", "read_bytes", "read_text"]

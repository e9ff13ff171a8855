-- Tables of the first release. A published file of this folder never changes; a change of the schema is a new file.
-- Text primary keys are digests of what identifies a row, so a second run writes the same rows again.

CREATE TABLE portals (
    id TEXT PRIMARY KEY,
    publisher TEXT,
    publisher_en TEXT,
    province TEXT,
    family TEXT,
    home TEXT,
    licence TEXT
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL CHECK (command IN ('crawl', 'extract')),
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'ok', 'interrupted', 'failed')),
    program TEXT,
    rules TEXT,
    counts TEXT
) STRICT;

CREATE TABLE fetches (
    id TEXT PRIMARY KEY,
    run_id INTEGER REFERENCES runs (id),
    portal TEXT NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('list', 'post', 'attachment', 'robots', 'sitemap')),
    method TEXT NOT NULL DEFAULT 'GET',
    body TEXT,
    status INTEGER,
    outcome TEXT NOT NULL,
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    content_digest TEXT,
    fetched_at TEXT NOT NULL,
    warc_file TEXT,
    warc_offset INTEGER
) STRICT;
CREATE INDEX fetches_by_url ON fetches (portal, url, kind);
CREATE INDEX fetches_by_run ON fetches (run_id);

CREATE TABLE provinces (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    successor_id TEXT REFERENCES provinces (id) DEFERRABLE INITIALLY DEFERRED,
    today_id TEXT NOT NULL REFERENCES provinces (id) DEFERRABLE INITIALLY DEFERRED,
    seat TEXT NOT NULL
) STRICT;

CREATE TABLE document_types (
    symbol TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    is_plan INTEGER NOT NULL CHECK (is_plan IN (0, 1))
) STRICT;

CREATE TABLE issuers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT,
    level TEXT NOT NULL,
    province TEXT
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    issued TEXT,
    issuer_id TEXT REFERENCES issuers (id),
    type_symbol TEXT REFERENCES document_types (symbol),
    province TEXT
) STRICT;
CREATE INDEX documents_by_number ON documents (number);
CREATE INDEX documents_by_issuer ON documents (issuer_id);

CREATE TABLE posts (
    id TEXT PRIMARY KEY,
    search_id INTEGER NOT NULL UNIQUE,
    fetch_id TEXT NOT NULL REFERENCES fetches (id),
    portal_id TEXT NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('news', 'document', 'other')),
    title TEXT NOT NULL,
    published TEXT,
    views INTEGER,
    author TEXT,
    source TEXT,
    text TEXT NOT NULL,
    program TEXT NOT NULL,
    rules TEXT NOT NULL
) STRICT;
CREATE INDEX posts_by_fetch ON posts (fetch_id);
CREATE INDEX posts_by_portal ON posts (portal_id, published);

CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    fetch_id TEXT REFERENCES fetches (id),
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT,
    pages INTEGER,
    has_text INTEGER CHECK (has_text IN (0, 1)),
    reason TEXT,
    kind TEXT CHECK (kind IN ('news', 'document', 'other')),
    text TEXT,
    page_begins TEXT
) STRICT;
CREATE INDEX attachments_by_post ON attachments (post_id);
CREATE INDEX attachments_by_fetch ON attachments (fetch_id);

CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    attachment_id TEXT REFERENCES attachments (id) ON DELETE CASCADE,
    document_id TEXT REFERENCES documents (id),
    leads INTEGER NOT NULL DEFAULT 1 CHECK (leads IN (0, 1)),
    number TEXT,
    issued TEXT,
    issuer TEXT,
    issuer_id TEXT REFERENCES issuers (id),
    title TEXT,
    period_begin INTEGER,
    period_end INTEGER,
    province TEXT,
    province_id TEXT REFERENCES provinces (id),
    province_today_id TEXT REFERENCES provinces (id)
) STRICT;
CREATE INDEX plans_by_post ON plans (post_id);
CREATE INDEX plans_by_attachment ON plans (attachment_id);
CREATE INDEX plans_by_document ON plans (document_id, leads);
CREATE INDEX plans_by_issuer ON plans (issuer_id);
CREATE INDEX plans_by_province ON plans (province_today_id, issued);

CREATE TABLE plan_evidence (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    field TEXT NOT NULL CHECK (field IN ('number', 'issued', 'issuer', 'title', 'period', 'province')),
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX plan_evidence_by_plan ON plan_evidence (plan_id);

CREATE TABLE citations (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    attachment_id TEXT REFERENCES attachments (id) ON DELETE CASCADE,
    document_id TEXT NOT NULL REFERENCES documents (id),
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('subject', 'basis', 'cited')),
    number TEXT NOT NULL,
    issued TEXT,
    issuer TEXT,
    issuer_id TEXT REFERENCES issuers (id),
    scope TEXT NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX citations_by_post ON citations (post_id);
CREATE INDEX citations_by_attachment ON citations (attachment_id);
CREATE INDEX citations_by_document ON citations (document_id, role);
CREATE INDEX citations_by_issuer ON citations (issuer_id);

CREATE TABLE purposes (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX purposes_by_plan ON purposes (plan_id);

CREATE TABLE requirements (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    actors TEXT NOT NULL,
    due TEXT,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX requirements_by_plan ON requirements (plan_id);
CREATE INDEX requirements_by_due ON requirements (due);

CREATE TABLE targets (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    indicator TEXT,
    direction TEXT NOT NULL CHECK (direction IN ('decrease', 'increase', 'reach', 'maintain')),
    min REAL,
    max REAL,
    unit TEXT,
    per TEXT,
    by_when TEXT,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX targets_by_plan ON targets (plan_id);
CREATE INDEX targets_by_when ON targets (by_when);

CREATE TABLE milestones (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start_date TEXT,
    end_date TEXT,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    CHECK (span_begin < span_end)
) STRICT;
CREATE INDEX milestones_by_plan ON milestones (plan_id);
CREATE INDEX milestones_by_end ON milestones (end_date);

CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('crawl', 'extract')),
    place TEXT NOT NULL,
    fetch_id TEXT REFERENCES fetches (id),
    post_id TEXT REFERENCES posts (id) ON DELETE CASCADE,
    attachment_id TEXT REFERENCES attachments (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    span_begin INTEGER,
    span_end INTEGER,
    quote TEXT
) STRICT;
CREATE INDEX issues_by_post ON issues (post_id);
CREATE INDEX issues_by_attachment ON issues (attachment_id);
CREATE INDEX issues_by_fetch ON issues (fetch_id);
CREATE INDEX issues_by_code ON issues (code);

-- Words of posts and their attachments, once as written and once without marks (see schema/search.py). The table keeps
-- no copy of the texts; its rowid is posts.search_id.
CREATE VIRTUAL TABLE post_search USING fts5 (
    with_marks, without_marks,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);

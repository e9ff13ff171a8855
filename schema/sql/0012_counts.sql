-- What pages show of the whole database at once, counted after linking (see schema/derived.py and
-- schema/value_counts.py), and indexes for what is asked by number, by day and by date of publication.

CREATE TABLE plan_counts (
    province_today TEXT,
    province_today_id TEXT REFERENCES provinces (id),
    level TEXT NOT NULL,
    year INTEGER,
    plans INTEGER NOT NULL,
    targets INTEGER NOT NULL,
    read_in_full INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_counts_by_level ON plan_counts (level);

CREATE TABLE indicator_counts (
    indicator_code TEXT PRIMARY KEY REFERENCES indicators (code),
    targets INTEGER NOT NULL,
    provinces INTEGER NOT NULL
) STRICT;

CREATE TABLE basis_counts (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    plans INTEGER NOT NULL
) STRICT;
CREATE INDEX basis_counts_by_plans ON basis_counts (plans);

CREATE TABLE value_counts (
    held_in TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (held_in, column_name, value)
) STRICT;

CREATE INDEX documents_by_key ON documents (number_key);
CREATE INDEX posts_by_published ON posts (published);
CREATE INDEX targets_due ON targets (
    CASE length(by_when) WHEN 4 THEN by_when || '-12-31' ELSE by_when END
) WHERE by_when IS NOT NULL;

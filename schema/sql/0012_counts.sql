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

-- Which targets stand beside which is looked up once; the view has the columns it had.
CREATE TABLE promise_pairs (
    target_id TEXT NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
    basis_target_id TEXT NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
    PRIMARY KEY (target_id, basis_target_id)
) STRICT;
CREATE INDEX promise_pairs_by_basis ON promise_pairs (basis_target_id);
DROP VIEW promises;
CREATE VIEW promises AS
SELECT
    indicators.code AS indicator_code,
    indicators.name AS indicator,
    told.measure,
    told.value_unit AS unit,
    told.year,
    basis.number AS basis_number,
    basis.issuer AS basis_issuer,
    basis_issuer.level AS basis_level,
    CASE indicators.better
        WHEN 'lower' THEN coalesce(asked.value_high, asked.value_low)
        ELSE coalesce(asked.value_low, asked.value_high)
    END AS basis_value,
    plans.number,
    plans.issuer,
    issuers.level,
    plans.province,
    today.name AS province_today,
    CASE indicators.better
        WHEN 'lower' THEN coalesce(told.value_high, told.value_low)
        ELSE coalesce(told.value_low, told.value_high)
    END AS value,
    CASE
        WHEN indicators.better = 'none' THEN NULL
        WHEN coalesce(told.value_low, told.value_high) IS NULL OR coalesce(asked.value_low, asked.value_high) IS NULL
        THEN NULL
        WHEN indicators.better = 'lower' THEN CASE
            WHEN coalesce(told.value_high, told.value_low) < coalesce(asked.value_high, asked.value_low) THEN 'more'
            WHEN coalesce(told.value_high, told.value_low) > coalesce(asked.value_high, asked.value_low) THEN 'less'
            ELSE 'equal'
        END
        WHEN coalesce(told.value_low, told.value_high) > coalesce(asked.value_low, asked.value_high) THEN 'more'
        WHEN coalesce(told.value_low, told.value_high) < coalesce(asked.value_low, asked.value_high) THEN 'less'
        ELSE 'equal'
    END AS promise,
    told.qualifier,
    told.quote,
    asked.quote AS basis_quote,
    told.id AS target_id,
    asked.id AS basis_target_id,
    plans.id AS plan_id,
    basis.id AS basis_plan_id
FROM promise_pairs
JOIN targets AS told ON told.id = promise_pairs.target_id
JOIN targets AS asked ON asked.id = promise_pairs.basis_target_id
JOIN plans ON plans.id = told.plan_id
JOIN plans AS basis ON basis.id = asked.plan_id
JOIN indicators ON indicators.code = told.indicator_code
LEFT JOIN issuers ON issuers.id = plans.issuer_id
LEFT JOIN issuers AS basis_issuer ON basis_issuer.id = basis.issuer_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id;

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

-- What targets measure: the vocabulary of indicators, each target's indicator, and its number in units that compare.

CREATE TABLE indicators (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    field TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('level', 'rate', 'multiple')),
    better TEXT NOT NULL CHECK (better IN ('higher', 'lower', 'none'))
) STRICT;

ALTER TABLE targets ADD COLUMN indicator_code TEXT REFERENCES indicators (code);
ALTER TABLE targets ADD COLUMN qualifier TEXT;
ALTER TABLE targets ADD COLUMN measure TEXT CHECK (measure IN ('level', 'rate', 'change', 'multiple'));
ALTER TABLE targets ADD COLUMN value_low REAL;
ALTER TABLE targets ADD COLUMN value_high REAL;
ALTER TABLE targets ADD COLUMN value_unit TEXT;
ALTER TABLE targets ADD COLUMN year INTEGER;
CREATE INDEX targets_by_indicator ON targets (indicator_code, measure, year);

-- One number a target: of a range, or of a bound, the end that promises least.
CREATE VIEW indicator_comparison AS
SELECT
    indicators.field,
    indicators.code AS indicator_code,
    indicators.name AS indicator,
    indicators.name_en AS indicator_en,
    today.name AS province_today,
    plans.province,
    plans.issuer,
    issuers.level,
    targets.year,
    targets.measure,
    CASE indicators.better
        WHEN 'lower' THEN coalesce(targets.value_high, targets.value_low)
        ELSE coalesce(targets.value_low, targets.value_high)
    END AS value,
    targets.value_low,
    targets.value_high,
    targets.value_unit AS unit,
    indicators.better,
    targets.qualifier,
    targets.quote,
    plans.number AS plan_number,
    plans.issued,
    coalesce(plans.title, posts.title) AS plan_title,
    posts.url,
    targets.confidence,
    targets.id AS target_id,
    targets.plan_id
FROM targets
JOIN indicators ON indicators.code = targets.indicator_code
JOIN plans ON plans.id = targets.plan_id
JOIN posts ON posts.id = plans.post_id
LEFT JOIN issuers ON issuers.id = plans.issuer_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE plans.leads = 1;

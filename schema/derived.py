"""Tables that follow from others and are counted once, after linking, because every page would wait for them.

A ``+`` before a column keeps SQLite from looking rows up by it: nearly all plans lead.
"""

from sqlite_utils import Database

from schema.database import transaction

DERIVED: dict[str, str] = {
    "coverage_overview": """
        SELECT
            issuers.name, issuers.level, issuers.province, counted.year, counted.type_symbol,
            counted.documents, counted.seen, counted.documents - counted.seen, counted.issuer_id
        FROM (
            SELECT
                documents.issuer_id, documents.year, documents.type_symbol, count(*) AS documents,
                sum(EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id)) AS seen
            FROM documents
            GROUP BY documents.issuer_id, documents.year, documents.type_symbol
        ) AS counted
        LEFT JOIN issuers ON issuers.id = counted.issuer_id
        ORDER BY counted.issuer_id, counted.year, counted.type_symbol""",
    "unseen_documents": """
        SELECT
            documents.number, documents.issued, documents.year, documents.type_symbol, issuers.name, issuers.level,
            documents.province, cited.times, citations.quote, posts.url, documents.id
        FROM documents
        JOIN (SELECT document_id, count(*) AS times, min(id) AS first FROM citations GROUP BY document_id) AS cited
            ON cited.document_id = documents.id
        JOIN citations ON citations.id = cited.first
        JOIN posts ON posts.id = citations.post_id
        LEFT JOIN issuers ON issuers.id = documents.issuer_id
        WHERE NOT EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id)
        ORDER BY documents.id""",
    "series_gaps": """
        SELECT
            scope, province, series, year, sequence, next_sequence, next_sequence - sequence - 1, number, issued, id
        FROM (
            SELECT
                scope, province, series, year, sequence, number, issued, id,
                lead(sequence) OVER (PARTITION BY scope, series, year ORDER BY sequence, id) AS next_sequence
            FROM documents
            WHERE sequence IS NOT NULL AND year IS NOT NULL AND scope IS NOT NULL
        )
        WHERE next_sequence > sequence + 1
        ORDER BY id""",
    "portal_counts": """
        SELECT
            posts.portal_id, count(*), max(posts.published),
            sum(EXISTS (SELECT 1 FROM plans WHERE plans.post_id = posts.id AND +plans.leads = 1))
        FROM posts GROUP BY posts.portal_id ORDER BY posts.portal_id""",
    "plan_counts": """
        SELECT today.name, counted.province_today_id, counted.level, counted.year, counted.plans, counted.targets,
            counted.in_full
        FROM (
            SELECT
                plans.province_today_id, coalesce(issuers.level, 'other') AS level,
                CAST(substr(plans.issued, 1, 4) AS INTEGER) AS year, count(*) AS plans,
                sum((SELECT count(*) FROM targets WHERE targets.plan_id = plans.id)) AS targets,
                sum(coalesce(attachments.kind, posts.kind) = 'document') AS in_full
            FROM plans
            JOIN posts ON posts.id = plans.post_id
            LEFT JOIN attachments ON attachments.id = plans.attachment_id
            LEFT JOIN issuers ON issuers.id = plans.issuer_id
            WHERE +plans.leads = 1
            GROUP BY 1, 2, 3
        ) AS counted
        LEFT JOIN provinces AS today ON today.id = counted.province_today_id
        ORDER BY 2, 3, 4""",
    "indicator_counts": """
        SELECT targets.indicator_code, count(*), count(DISTINCT plans.province_today_id)
        FROM targets CROSS JOIN plans ON plans.id = targets.plan_id
        WHERE plans.leads = 1 AND targets.indicator_code IS NOT NULL
        GROUP BY 1 ORDER BY 1""",
    "promise_pairs": """
        SELECT DISTINCT told.id, asked.id
        FROM citations
        JOIN plans
            ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id
            AND +plans.leads = 1 AND plans.document_id IS NOT citations.document_id
        JOIN plans AS basis ON basis.document_id = citations.document_id AND +basis.leads = 1
        JOIN targets AS told ON told.plan_id = plans.id AND told.indicator_code IS NOT NULL
        JOIN targets AS asked
            ON asked.plan_id = basis.id AND asked.indicator_code = told.indicator_code
            AND asked.measure = told.measure AND asked.value_unit IS told.value_unit AND asked.year IS told.year
            AND asked.qualifier IS told.qualifier
        WHERE citations.role = 'basis'
        ORDER BY 1, 2""",
    "basis_counts": """
        SELECT citations.document_id, count(DISTINCT plans.id)
        FROM citations
        CROSS JOIN plans ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id
        WHERE citations.role = 'basis' AND plans.leads = 1
        GROUP BY 1 ORDER BY 1""",
}
"""Table → the question whose answer it holds, column by column."""


def derive(database: Database) -> None:
    """Fill the tables anew. Changes nothing when nothing is new."""
    with transaction(database):
        for table, question in DERIVED.items():
            rows = database.execute(question).fetchall()
            if rows == database.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall():  # noqa: S608
                continue
            database.execute(f"DELETE FROM {table}")  # noqa: S608
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                database.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608

-- Version 4 of the record: what pages count over, so that none of them walks through all rows of a large record.

CREATE INDEX joined_time ON joined (kind, day, status, quad, dated, precision);
CREATE INDEX joined_both ON joined (day IS NULL, day, key) WHERE kind IN ('event', 'meeting');
CREATE INDEX joined_conflicts ON joined (kind, day IS NULL, day, key) WHERE conflicts <> '[]';
DROP INDEX joined_last;
CREATE INDEX joined_span ON joined (kind, last_day, first_day);
CREATE INDEX joined_place ON joined (kind, place, status) WHERE place IS NOT NULL;
CREATE INDEX findings_kind ON findings (kind, review, day);
CREATE INDEX findings_certainty ON findings (review, confidence, article_key, span_start, span_end, kind, key);
CREATE INDEX findings_denied ON findings (kind, article) WHERE status = 'denied' OR json_extract(payload, '$.claim') IN ('never', 'not yet');
CREATE INDEX findings_rejected ON findings (article, kind) WHERE review = 'rejected';
CREATE INDEX articles_left_out ON articles (id) WHERE source_group <> key OR superseded_by IS NOT NULL;
CREATE INDEX articles_outlet ON articles (outlet, day, source_group, key);
CREATE INDEX quotes_who ON quotes (resolved, speaker, state, office, day, article);

DROP INDEX covered_month;
CREATE TABLE covered_months (         -- the same by month
  a TEXT NOT NULL, b TEXT NOT NULL, month TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (a, b, month)
) WITHOUT ROWID;
INSERT INTO covered_months SELECT a, b, substr(day, 1, 7), sum(n) FROM covered GROUP BY 1, 2, 3;

-- Version 5 of the record: parties of every kind, what is counted, who read it, what was not read, and other coders.

ALTER TABLE findings ADD COLUMN counted INTEGER NOT NULL DEFAULT 1;  -- 0: a lead, which waits for a person
ALTER TABLE findings ADD COLUMN act TEXT;                            -- shared by findings of one act of one article
ALTER TABLE findings ADD COLUMN reader TEXT NOT NULL DEFAULT 'rules';
UPDATE findings SET counted = 0 WHERE kind = 'event' AND confidence < 0.5 AND review = 'open';

ALTER TABLE readings ADD COLUMN reader TEXT NOT NULL DEFAULT 'rules';
ALTER TABLE readings ADD COLUMN gate TEXT;
ALTER TABLE readings ADD COLUMN relations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE readings ADD COLUMN figures TEXT NOT NULL DEFAULT '[]';

ALTER TABLE articles ADD COLUMN origin TEXT;                        -- who it comes from: agency, outlet, owner
ALTER TABLE articles ADD COLUMN origin_kind TEXT NOT NULL DEFAULT 'press';
UPDATE articles SET origin = coalesce(outlet, key);
CREATE TABLE compared (                -- persons that were compared with all others of the record
  entity TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE seals (                   -- SHA-256 of an article's rows: a changed byte breaks it
  article INTEGER PRIMARY KEY, digest TEXT NOT NULL
);
CREATE TABLE outlets (                 -- the analyst's table of outlets
  name TEXT PRIMARY KEY, canonical TEXT NOT NULL, owner TEXT, kind TEXT
) WITHOUT ROWID;

CREATE TABLE parties (                 -- who negotiates in his own name, as one article has it
  article INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, code TEXT,
  PRIMARY KEY (article, id)
) WITHOUT ROWID;
CREATE TABLE faults (                  -- what a finder did not read of an article
  article INTEGER NOT NULL, place INTEGER NOT NULL, finder TEXT NOT NULL, kind TEXT NOT NULL,
  span_start INTEGER, span_end INTEGER, message TEXT NOT NULL,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE TABLE unread (                  -- what was given to read and was not: the file or entry, and why
  place TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL, advice TEXT, at TEXT NOT NULL
) WITHOUT ROWID;

-- What other coders say stands beside the record and is never counted in it.
CREATE TABLE coded_tables (
  id INTEGER PRIMARY KEY, coder TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL,
  added_at TEXT NOT NULL
);
CREATE TABLE coded_events (
  coded_table INTEGER NOT NULL REFERENCES coded_tables (id), n INTEGER NOT NULL,
  day TEXT, source TEXT, target TEXT, type TEXT, cameo TEXT, quad INTEGER, goldstein REAL, place TEXT,
  words TEXT, url TEXT, payload TEXT NOT NULL,
  PRIMARY KEY (coded_table, n)
) WITHOUT ROWID;
CREATE INDEX coded_events_day ON coded_events (day, source, target);

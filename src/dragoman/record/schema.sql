-- Version 1 of the record.  Text ids are public and stable; integer ids never leave the file.
-- Tables that end in _log, and the decisions, are append-only: triggers refuse to change or delete a row.

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,            -- first 16 hex digits of SHA-256 of outlet and text
  hash TEXT NOT NULL,                  -- SHA-256 of the text: what evidence and decisions are anchored by
  norm TEXT NOT NULL,                  -- the same of the text without case, spaces and punctuation
  outlet TEXT, title TEXT, url TEXT, byline TEXT,
  published TEXT, day TEXT, published_from TEXT NOT NULL,
  language TEXT, length INTEGER NOT NULL, words INTEGER NOT NULL,
  source_group TEXT NOT NULL,          -- key of the earliest article that it copies, or its own
  supersedes TEXT, superseded_by TEXT, -- keys of the version before and after
  family TEXT,                         -- what its versions have in common: url, or outlet and title
  notes TEXT NOT NULL,                 -- what its file says of it, JSON list
  added_at TEXT NOT NULL
);
CREATE INDEX articles_hash ON articles (hash);
CREATE INDEX articles_norm ON articles (norm);
CREATE INDEX articles_day ON articles (day, key);
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
CREATE INDEX articles_title ON articles (outlet, title) WHERE title IS NOT NULL;
CREATE INDEX articles_group ON articles (source_group);

CREATE TABLE texts (article INTEGER PRIMARY KEY REFERENCES articles (id), title TEXT, text TEXT NOT NULL);
CREATE VIRTUAL TABLE texts_fts USING fts5 (
  title, text, content = 'texts', content_rowid = 'article', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE bands (band INTEGER NOT NULL, value INTEGER NOT NULL, article INTEGER NOT NULL,
  PRIMARY KEY (band, value, article)) WITHOUT ROWID;
CREATE TABLE copies (a INTEGER NOT NULL, b INTEGER NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX copies_b ON copies (b);

CREATE TABLE readings (
  article INTEGER PRIMARY KEY REFERENCES articles (id),
  language TEXT NOT NULL, versions TEXT NOT NULL, warnings TEXT NOT NULL, dates TEXT NOT NULL, dropped TEXT NOT NULL
);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES articles (id),
  article_key TEXT NOT NULL,
  day TEXT,                            -- the article's day of publication
  kind TEXT NOT NULL,
  type TEXT, status TEXT, date_start TEXT, date_end TEXT, precision TEXT, place TEXT,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('reader', 'person')),
  review TEXT NOT NULL CHECK (review IN ('open', 'accepted', 'rejected', 'corrected', 'added')),
  words TEXT NOT NULL,                 -- the sentence or the words, at most 400 characters
  payload TEXT NOT NULL,               -- the finding as it holds, JSON
  as_read TEXT,                        -- the finding as the reader gave it, where a person changed it
  block TEXT,                          -- findings that can be one event stand in one block
  joined INTEGER                       -- id of the finding that leads the joined event
);
CREATE INDEX findings_article ON findings (article, kind, span_start);
CREATE INDEX findings_block ON findings (block) WHERE block IS NOT NULL;
CREATE INDEX findings_joined ON findings (joined, article, review, day) WHERE joined IS NOT NULL;
CREATE INDEX findings_review ON findings (review, day IS NULL, day, article_key, span_start, span_end, kind, key);

CREATE TABLE actors (
  finding INTEGER NOT NULL REFERENCES findings (id),
  role TEXT NOT NULL,                  -- source, target, participant, by, to, speaker
  place INTEGER NOT NULL,              -- order within the role
  name TEXT, entity TEXT, resolved TEXT, country TEXT, sector TEXT,
  PRIMARY KEY (finding, role, place)
) WITHOUT ROWID;
CREATE INDEX actors_entity ON actors (entity);
CREATE INDEX actors_resolved ON actors (resolved, role);

CREATE TABLE quotes (
  finding INTEGER PRIMARY KEY REFERENCES findings (id),
  article INTEGER NOT NULL, article_key TEXT NOT NULL, day TEXT, span_start INTEGER NOT NULL,
  text TEXT NOT NULL, speaker TEXT, entity TEXT, resolved TEXT, role TEXT, affiliation TEXT,
  office TEXT NOT NULL, state TEXT, form TEXT NOT NULL
);
CREATE INDEX quotes_day ON quotes (day IS NULL, day, article_key, span_start);
CREATE INDEX quotes_back ON quotes (day IS NULL, day DESC, article_key, span_start);
CREATE INDEX quotes_article ON quotes (article);
CREATE INDEX quotes_resolved ON quotes (resolved, day);
CREATE INDEX quotes_entity ON quotes (entity);
CREATE INDEX quotes_state ON quotes (state, office, day);
CREATE VIRTUAL TABLE quotes_fts USING fts5 (
  text, speaker, content = 'quotes', content_rowid = 'finding', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE mentions (
  entity TEXT NOT NULL, article INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  PRIMARY KEY (entity, article, span_start)
) WITHOUT ROWID;
CREATE INDEX mentions_article ON mentions (article, span_start);
CREATE TABLE countries (
  country TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (country, article)
) WITHOUT ROWID;
CREATE INDEX countries_article ON countries (article);
CREATE TABLE covered (                -- articles of a day that mention both of two states
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (a, b, day)
) WITHOUT ROWID;
CREATE INDEX covered_month ON covered (a, b, substr(day, 1, 7), n);
CREATE TABLE statements (
  subject TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, article INTEGER NOT NULL,
  span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, versions TEXT NOT NULL,
  PRIMARY KEY (subject, property, value, article)
) WITHOUT ROWID;
CREATE INDEX statements_article ON statements (article);

CREATE TABLE identity_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, by TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('suggest', 'merge', 'split', 'dismiss', 'undo')),
  entity TEXT, other TEXT, name TEXT, article TEXT, because TEXT, score REAL, undoes INTEGER
);
CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL, by TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'correct', 'add', 'grade', 'undo')),
  hash TEXT, kind TEXT, exact TEXT, prefix TEXT, suffix TEXT, span_start INTEGER, span_end INTEGER,
  type TEXT, payload TEXT, because TEXT, undoes INTEGER
);
CREATE INDEX decisions_hash ON decisions (hash);
CREATE TRIGGER identity_log_kept BEFORE UPDATE ON identity_log BEGIN SELECT RAISE (ABORT, 'the identity log is append-only'); END;
CREATE TRIGGER identity_log_held BEFORE DELETE ON identity_log BEGIN SELECT RAISE (ABORT, 'the identity log is append-only'); END;
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_held BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;

-- What follows is made from the findings and statements, whenever a block or an entity is stale.
CREATE TABLE stale (block TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE stale_entities (entity TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE entities (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT) WITHOUT ROWID;
CREATE TABLE joined (
  id INTEGER PRIMARY KEY,              -- the leading finding's id
  key TEXT NOT NULL UNIQUE,
  block TEXT NOT NULL,
  kind TEXT NOT NULL, type TEXT, mode TEXT, quad INTEGER, cameo TEXT, goldstein REAL, level TEXT,
  status TEXT NOT NULL, date_start TEXT, date_end TEXT, precision TEXT,
  day TEXT, dated INTEGER NOT NULL,    -- day to sort by: of the event where known (dated = 1), else of the first report
  place TEXT, words TEXT, condition TEXT, actors TEXT NOT NULL, conflicts TEXT NOT NULL, claims TEXT NOT NULL,
  reports INTEGER NOT NULL, sources INTEGER NOT NULL, first_day TEXT, last_day TEXT,
  confidence REAL NOT NULL, count INTEGER NOT NULL, reviewed INTEGER NOT NULL
);
CREATE INDEX joined_day ON joined (kind, day IS NULL, day, key);
CREATE INDEX joined_back ON joined (kind, day IS NULL, day DESC, key);
CREATE INDEX joined_first ON joined (kind, first_day);
CREATE INDEX joined_last ON joined (kind, last_day);
CREATE INDEX joined_block ON joined (block);
CREATE TABLE joined_actors (
  joined INTEGER NOT NULL, role TEXT NOT NULL, entity TEXT NOT NULL, name TEXT NOT NULL, country TEXT, person INTEGER NOT NULL,
  PRIMARY KEY (joined, role, entity)
) WITHOUT ROWID;
CREATE INDEX joined_actors_entity ON joined_actors (entity, joined);
CREATE INDEX joined_actors_country ON joined_actors (country, joined);
CREATE TABLE joined_pairs (
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT, joined INTEGER NOT NULL, forward INTEGER NOT NULL,
  dated INTEGER NOT NULL, precision TEXT, status TEXT NOT NULL, quad INTEGER NOT NULL, goldstein REAL, sources INTEGER NOT NULL,
  PRIMARY KEY (a, b, joined, forward)
) WITHOUT ROWID;
CREATE INDEX joined_pairs_joined ON joined_pairs (joined);
CREATE INDEX joined_pairs_day ON joined_pairs (day, a, b, status, quad, goldstein, dated, precision, forward);
CREATE INDEX joined_pairs_month ON joined_pairs (a, b, substr(day, 1, 7), status, quad, goldstein, dated, precision, day);
CREATE TABLE joined_contacts (
  level TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, joined INTEGER NOT NULL, a_country TEXT, b_country TEXT,
  key TEXT NOT NULL, status TEXT NOT NULL, rank INTEGER, day TEXT, dated INTEGER NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (level, a, b, joined)
) WITHOUT ROWID;
CREATE INDEX joined_contacts_joined ON joined_contacts (joined);

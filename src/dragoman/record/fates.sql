-- Version 3 of the record: which report decides which promise (made anew like the joined events), and by which means
-- two were in contact.

CREATE TABLE fate_links (
  joined INTEGER NOT NULL,             -- id of the leading finding of the promise
  finding INTEGER NOT NULL,            -- the report: a fate, or a meeting held
  fate TEXT NOT NULL,
  PRIMARY KEY (joined, finding)
) WITHOUT ROWID;
CREATE INDEX fate_links_finding ON fate_links (finding);
ALTER TABLE joined_contacts ADD COLUMN mode TEXT NOT NULL DEFAULT 'in person';

-- Version 6 of the record: questions as forecasting sites have them, also those that nobody has forecast yet.

CREATE TABLE questions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
  what TEXT NOT NULL, due TEXT NOT NULL, opened TEXT, criteria TEXT, url TEXT
);
CREATE TRIGGER questions_kept BEFORE UPDATE ON questions BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;
CREATE TRIGGER questions_held BEFORE DELETE ON questions BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;

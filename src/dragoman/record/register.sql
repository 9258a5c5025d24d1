-- Version 2 of the record: the register of forecasts made and of what came of them.  Append-only.

CREATE TABLE forecasts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE, made_on TEXT NOT NULL, due TEXT NOT NULL, what TEXT NOT NULL, method TEXT, input_hash TEXT,
  probability REAL, low REAL, high REAL, level REAL, draws TEXT, note TEXT
);
CREATE TABLE outcomes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, forecast TEXT NOT NULL REFERENCES forecasts (key),
  settled_on TEXT NOT NULL, value REAL NOT NULL, source TEXT NOT NULL
);
CREATE TRIGGER forecasts_kept BEFORE UPDATE ON forecasts BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;
CREATE TRIGGER forecasts_held BEFORE DELETE ON forecasts BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;
CREATE TRIGGER outcomes_kept BEFORE UPDATE ON outcomes BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;
CREATE TRIGGER outcomes_held BEFORE DELETE ON outcomes BEGIN SELECT RAISE (ABORT, 'the register is append-only'); END;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>A SQLite schema with something of all that there is, and changes of one attribute each, as another text in the place of one.</summary>
internal static class SqliteDrift
{
    public const string Schema = """
        CREATE TABLE users (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          email TEXT NOT NULL COLLATE NOCASE UNIQUE,
          name VARCHAR(40) DEFAULT 'nobody',
          age INT CHECK (age > 0),
          score REAL DEFAULT -1.5e3,
          token BLOB DEFAULT x'00ff',
          created TEXT DEFAULT CURRENT_TIMESTAMP,
          upper_name TEXT GENERATED ALWAYS AS (upper(name)) STORED,
          initial TEXT AS (substr(name, 1, 1)),
          CONSTRAINT name_is_short CHECK (length(name) <= 40)
        );
        CREATE TABLE orders (
          id INTEGER PRIMARY KEY,
          user_id INTEGER REFERENCES users (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
          place TEXT, row_number INTEGER,
          total NUMERIC(10, 2) NOT NULL ON CONFLICT IGNORE,
          UNIQUE (place, row_number) ON CONFLICT REPLACE,
          CONSTRAINT orders_place FOREIGN KEY (place, row_number) REFERENCES places (name, number)
        );
        CREATE TABLE places (name TEXT, number INTEGER, note ANY, PRIMARY KEY (name, number DESC)) STRICT, WITHOUT ROWID;
        CREATE TABLE readings (at INTEGER PRIMARY KEY DESC, "a b" REAL, plain, count INTEGER);
        CREATE TABLE loose (a, b);
        CREATE VIRTUAL TABLE search USING fts5(title, body, tokenize = 'porter');
        CREATE INDEX orders_total ON orders (total, place COLLATE NOCASE DESC) WHERE total > 100;
        CREATE UNIQUE INDEX users_lower ON users (lower(email), age);
        CREATE INDEX loose_b ON loose (b);
        CREATE VIEW adults AS SELECT id, email FROM users WHERE age >= 18 ORDER BY email;
        CREATE VIEW totals (user, total) AS SELECT user_id, sum(total) FROM orders GROUP BY user_id;
        CREATE TRIGGER users_touch AFTER UPDATE OF name ON users WHEN NEW.name <> OLD.name BEGIN
          UPDATE users SET created = CURRENT_TIMESTAMP WHERE id = NEW.id;
          DELETE FROM loose WHERE a = OLD.id;
        END;
        CREATE TRIGGER adults_insert INSTEAD OF INSERT ON adults BEGIN INSERT INTO users (email) VALUES (NEW.email); END;
        """;

    /// <summary>What stands in the schema, what stands there instead, and what is told of that.</summary>
    public static readonly IReadOnlyList<(string From, string To, string Told)> Changes =
    [
        ("PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY", "table users, constraint PRIMARY KEY (id AUTOINCREMENT) is removed; table users, constraint PRIMARY KEY (id) is added"),
        ("id INTEGER PRIMARY KEY,\n", "id INT PRIMARY KEY,\n", "table orders, column id is changed from INTEGER to INT"),
        ("email TEXT NOT NULL", "email TEXT", "table users, column email is changed from TEXT NOT NULL COLLATE NOCASE to TEXT COLLATE NOCASE"),
        ("NOT NULL COLLATE NOCASE", "NOT NULL ON CONFLICT FAIL COLLATE NOCASE", "table users, column email is changed from TEXT NOT NULL COLLATE NOCASE to TEXT NOT NULL ON CONFLICT FAIL COLLATE NOCASE"),
        ("NOT NULL COLLATE NOCASE", "NOT NULL COLLATE RTRIM", "table users, column email is changed from TEXT NOT NULL COLLATE NOCASE to TEXT NOT NULL COLLATE RTRIM"),
        ("NOT NULL COLLATE NOCASE", "NOT NULL", "table users, column email is changed from TEXT NOT NULL COLLATE NOCASE to TEXT NOT NULL"),
        ("COLLATE NOCASE UNIQUE", "COLLATE NOCASE", "table users, constraint UNIQUE (email) is removed"),
        ("COLLATE NOCASE UNIQUE", "COLLATE NOCASE UNIQUE ON CONFLICT IGNORE", "table users, constraint UNIQUE (email) is removed; table users, constraint UNIQUE (email) ON CONFLICT IGNORE is added"),
        ("name VARCHAR(40)", "name VARCHAR(50)", "table users, column name is changed from VARCHAR(40) DEFAULT 'nobody' to VARCHAR(50) DEFAULT 'nobody'"),
        ("name VARCHAR(40)", "name TEXT", "table users, column name is changed from VARCHAR(40) DEFAULT 'nobody' to TEXT DEFAULT 'nobody'"),
        ("DEFAULT 'nobody'", "DEFAULT 'Nobody'", "table users, column name is changed from VARCHAR(40) DEFAULT 'nobody' to VARCHAR(40) DEFAULT 'Nobody'"),
        ("DEFAULT 'nobody'", "DEFAULT ('nobody')", "table users, column name is changed from VARCHAR(40) DEFAULT 'nobody' to VARCHAR(40) DEFAULT ('nobody')"),
        (" DEFAULT 'nobody'", "", "table users, column name is changed from VARCHAR(40) DEFAULT 'nobody' to VARCHAR(40)"),
        ("plain,", "plain DEFAULT NULL,", "table readings, column plain is changed from nothing to DEFAULT NULL"),
        ("age > 0", "age > 1", "table users, constraint CHECK (age > 0) is removed; table users, constraint CHECK (age > 1) is added"),
        (" CHECK (age > 0)", "", "table users, constraint CHECK (age > 0) is removed"),
        ("age > 0", "age >= 0", "table users, constraint CHECK (age > 0) is removed; table users, constraint CHECK (age >= 0) is added"),
        ("-1.5e3", "-1.5e4", "table users, column score is changed from REAL DEFAULT -1.5e3 to REAL DEFAULT -1.5e4"),
        ("-1.5e3", "1.5e-3", "table users, column score is changed from REAL DEFAULT -1.5e3 to REAL DEFAULT 1.5e-3"),
        ("total > 100", "total > 1e-5 + 0x1F", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (total, place COLLATE NOCASE DESC) WHERE total > 1e-5 + 0x1F"),
        ("age >= 18", "age >= 18 AND name ->> '$.a' <> '1'", "view adults, definition is changed from SELECT id, email\nFROM users\nWHERE age >= 18\nORDER BY email to SELECT id, email\nFROM users\nWHERE age >= 18 AND name ->> '$.a' <> '1'\nORDER BY email"),
        ("-1.5e3", "1.5e3", "table users, column score is changed from REAL DEFAULT -1.5e3 to REAL DEFAULT 1.5e3"),
        ("x'00ff'", "x'00fe'", "table users, column token is changed from BLOB DEFAULT x'00ff' to BLOB DEFAULT x'00fe'"),
        ("DEFAULT CURRENT_TIMESTAMP", "DEFAULT CURRENT_DATE", "table users, column created is changed from TEXT DEFAULT CURRENT_TIMESTAMP to TEXT DEFAULT CURRENT_DATE"),
        ("(upper(name))", "(lower(name))", "table users, column upper_name is changed from TEXT GENERATED ALWAYS AS (upper(name)) STORED to TEXT GENERATED ALWAYS AS (lower(name)) STORED"),
        (" STORED", "", "table users, column upper_name is changed from TEXT GENERATED ALWAYS AS (upper(name)) STORED to TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL"),
        (" AS (substr(name, 1, 1))", "", "table users, column initial is changed from TEXT GENERATED ALWAYS AS (substr(name, 1, 1)) VIRTUAL to TEXT"),
        ("substr(name, 1, 1)", "substr(name, 1, 2)", "table users, column initial is changed from TEXT GENERATED ALWAYS AS (substr(name, 1, 1)) VIRTUAL to TEXT GENERATED ALWAYS AS (substr(name, 1, 2)) VIRTUAL"),
        ("CONSTRAINT name_is_short CHECK", "CONSTRAINT name_is_brief CHECK", "table users, constraint name_is_brief is added: CHECK (length(name) <= 40); table users, constraint name_is_short is removed: CHECK (length(name) <= 40)"),
        ("CONSTRAINT name_is_short CHECK", "CHECK", "table users, constraint CHECK (length(name) <= 40) is added; table users, constraint name_is_short is removed: CHECK (length(name) <= 40)"),
        ("<= 40", "<= 41", "table users, constraint name_is_short is changed from CHECK (length(name) <= 40) to CHECK (length(name) <= 41)"),
        ("ON DELETE CASCADE", "ON DELETE RESTRICT", Reference("ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "ON DELETE RESTRICT ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED")),
        (" ON DELETE CASCADE", "", Reference("ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED")),
        ("ON UPDATE SET NULL", "ON UPDATE SET DEFAULT", Reference("ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "ON DELETE CASCADE ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED")),
        (" DEFERRABLE INITIALLY DEFERRED", "", Reference("ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "ON DELETE CASCADE ON UPDATE SET NULL")),
        ("REFERENCES users (id) ON", "REFERENCES users ON", "table orders, constraint FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED is removed; table orders, constraint FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED is added"),
        ("ON CONFLICT IGNORE", "ON CONFLICT ROLLBACK", "table orders, column total is changed from NUMERIC(10, 2) NOT NULL ON CONFLICT IGNORE to NUMERIC(10, 2) NOT NULL ON CONFLICT ROLLBACK"),
        ("NUMERIC(10, 2)", "NUMERIC(12, 2)", "table orders, column total is changed from NUMERIC(10, 2) NOT NULL ON CONFLICT IGNORE to NUMERIC(12, 2) NOT NULL ON CONFLICT IGNORE"),
        ("place TEXT, row_number INTEGER", "row_number INTEGER, place TEXT", "table orders, columns are in another order"),
        ("UNIQUE (place, row_number)", "UNIQUE (row_number, place)", "table orders, constraint UNIQUE (place, row_number) ON CONFLICT REPLACE is removed; table orders, constraint UNIQUE (row_number, place) ON CONFLICT REPLACE is added"),
        (") ON CONFLICT REPLACE", ")", "table orders, constraint UNIQUE (place, row_number) is added; table orders, constraint UNIQUE (place, row_number) ON CONFLICT REPLACE is removed"),
        ("REFERENCES places (name, number)", "REFERENCES places", "table orders, constraint orders_place is changed from FOREIGN KEY (place, row_number) REFERENCES places (name, number) to FOREIGN KEY (place, row_number) REFERENCES places"),
        ("REFERENCES places (name, number)", "REFERENCES places (name, number) MATCH FULL", "table orders, constraint orders_place is changed from FOREIGN KEY (place, row_number) REFERENCES places (name, number) to FOREIGN KEY (place, row_number) REFERENCES places (name, number) MATCH FULL"),
        ("STRICT, WITHOUT ROWID", "STRICT", "table places, options is changed from STRICT, WITHOUT ROWID to STRICT"),
        ("STRICT, WITHOUT ROWID", "WITHOUT ROWID", "table places, options is changed from STRICT, WITHOUT ROWID to WITHOUT ROWID"),
        (") STRICT, WITHOUT ROWID", ")", "table places, options is removed: STRICT, WITHOUT ROWID"),
        ("number DESC", "number", "table places, constraint PRIMARY KEY (name, number DESC) is removed; table places, constraint PRIMARY KEY (name, number) is added"),
        ("at INTEGER PRIMARY KEY DESC", "at INTEGER PRIMARY KEY", "table readings, column at is changed from INTEGER PRIMARY KEY DESC to INTEGER; table readings, constraint PRIMARY KEY (at) is added"),
        ("\"a b\" REAL", "\"a c\" REAL", "table readings, column \"a b\" is removed: REAL; table readings, column \"a c\" is added: REAL"),
        ("plain,", "plain TEXT,", "table readings, column plain is changed from nothing to TEXT"),
        ("(a, b)", "(a, b, c)", "table loose, column c is added"),
        ("(at INTEGER PRIMARY KEY DESC, \"a b\" REAL, plain, count INTEGER)", "(at INTEGER PRIMARY KEY DESC, \"a b\" REAL, plain)", "table readings, column count is removed: INTEGER"),
        ("tokenize = 'porter'", "tokenize = 'ascii'", "table search, virtual is changed from USING fts5(title, body, tokenize = 'porter') to USING fts5(title, body, tokenize = 'ascii')"),
        ("CREATE TABLE loose", "CREATE TABLE other (a);\nCREATE TABLE loose", "table other is added"),
        ("CREATE TABLE loose", "CREATE VIEW other AS SELECT 1;\nCREATE TABLE loose", "view other is added"),
        ("CREATE INDEX loose_b ON loose (b);", "", "table loose, index loose_b is removed: (b)"),
        ("CREATE INDEX loose_b ON loose (b);", "CREATE INDEX loose_b ON loose (a);", "table loose, index loose_b is changed from (b) to (a)"),
        ("CREATE INDEX loose_b ON loose (b);", "CREATE UNIQUE INDEX loose_b ON loose (b);", "table loose, index loose_b is changed from (b) to UNIQUE (b)"),
        ("(total, place", "(place", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (place COLLATE NOCASE DESC) WHERE total > 100"),
        ("place COLLATE NOCASE DESC", "place COLLATE RTRIM DESC", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (total, place COLLATE RTRIM DESC) WHERE total > 100"),
        ("place COLLATE NOCASE DESC", "place COLLATE NOCASE", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (total, place COLLATE NOCASE) WHERE total > 100"),
        (" WHERE total > 100", "", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (total, place COLLATE NOCASE DESC)"),
        ("total > 100", "total > 200", "table orders, index orders_total is changed from (total, place COLLATE NOCASE DESC) WHERE total > 100 to (total, place COLLATE NOCASE DESC) WHERE total > 200"),
        ("lower(email)", "upper(email)", "table users, index users_lower is changed from UNIQUE (lower(email), age) to UNIQUE (upper(email), age)"),
        ("age >= 18", "age >= 21", "view adults, definition is changed from SELECT id, email\nFROM users\nWHERE age >= 18\nORDER BY email to SELECT id, email\nFROM users\nWHERE age >= 21\nORDER BY email"),
        ("totals (user, total)", "totals (user, sum)", "view totals, columns is changed from (user, total) to (user, sum)"),
        ("totals (user, total)", "totals", "view totals, columns is removed: (user, total)"),
        ("AFTER UPDATE OF name", "BEFORE UPDATE OF name", Trigger("AFTER UPDATE OF name", "BEFORE UPDATE OF name")),
        ("AFTER UPDATE OF name", "AFTER UPDATE OF name, age", Trigger("AFTER UPDATE OF name", "AFTER UPDATE OF name, age")),
        ("AFTER UPDATE OF name", "AFTER UPDATE", Trigger("AFTER UPDATE OF name", "AFTER UPDATE")),
        ("WHEN NEW.name <> OLD.name", "WHEN NEW.name IS NOT OLD.name", Trigger("WHEN NEW.name <> OLD.name", "WHEN NEW.name IS NOT OLD.name")),
        ("DELETE FROM loose WHERE a = OLD.id", "DELETE FROM loose WHERE b = OLD.id", Trigger("DELETE FROM loose\nWHERE a = OLD.id", "DELETE FROM loose\nWHERE b = OLD.id")),
        ("CREATE TRIGGER adults_insert INSTEAD OF INSERT ON adults BEGIN INSERT INTO users (email) VALUES (NEW.email); END;", "", "view adults, trigger adults_insert is removed: INSTEAD OF INSERT ON adults\nBEGIN\nINSERT INTO users(email) VALUES (NEW.email);\nEND"),
    ];

    /// <summary>Other texts that mean the same.</summary>
    public static readonly IReadOnlyList<(string From, string To)> Same =
    [
        ("  id INTEGER PRIMARY KEY AUTOINCREMENT", "\t[id]  integer\n/* the key */ primary key autoincrement"),
        ("email TEXT NOT NULL COLLATE NOCASE UNIQUE", "`email` text COLLATE nocase UNIQUE NOT NULL"),
        ("age INT CHECK (age > 0)", "age INT CHECK(age>0)"),
        ("DEFAULT -1.5e3", "DEFAULT - 1.5e3"),
        ("initial TEXT AS (substr(name, 1, 1))", "initial TEXT GENERATED ALWAYS AS (substr( name,1 , 1 )) VIRTUAL"),
        ("user_id INTEGER REFERENCES", "user_id INTEGER NULL REFERENCES"),
        ("REFERENCES places (name, number)", "REFERENCES \"places\"(\"name\",\"number\") ON DELETE NO ACTION NOT DEFERRABLE"),
        ("STRICT, WITHOUT ROWID", "without rowid, strict"),
        ("ON loose (b)", "ON \"loose\"(\"b\" ASC)"),
        ("CREATE INDEX loose_b", "CREATE INDEX IF NOT EXISTS main.loose_b"),
        ("SELECT id, email FROM users WHERE", "select id,email\n  from users -- all of them\n  where"),
        ("UNIQUE (place, row_number) ON CONFLICT REPLACE,", "UNIQUE (place, row_number) ON CONFLICT REPLACE"),
    ];

    /// <summary>The schema with another text in the place of one.</summary>
    public static string Replace(string from, string to)
    {
        Assert.Contains(from, Schema);
        return Replace(Schema, from, to);
    }

    /// <summary>A schema with another text in the place of one, where it has that.</summary>
    public static string Replace(string schema, string from, string to)
    {
        var start = schema.IndexOf(from, StringComparison.Ordinal);
        return start < 0 ? schema : schema[..start] + to + schema[(start + from.Length)..];
    }

    private static string Reference(string before, string after) =>
        string.Join("; ", new[] { $"table orders, constraint FOREIGN KEY (user_id) REFERENCES users (id) {before} is removed", $"table orders, constraint FOREIGN KEY (user_id) REFERENCES users (id) {after} is added" });

    private static string Trigger(string from, string to)
    {
        const string Whole = "AFTER UPDATE OF name ON users WHEN NEW.name <> OLD.name\nBEGIN\nUPDATE users SET created = CURRENT_TIMESTAMP\nWHERE id = NEW.id;\nDELETE FROM loose\nWHERE a = OLD.id;\nEND";
        return $"table users, trigger users_touch is changed from {Whole} to {Whole.Replace(from, to, StringComparison.Ordinal)}";
    }
}

"""The shape of the database, as steps from each version to the next. A step is never changed once released."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE pages (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            title TEXT,
            site TEXT NOT NULL,
            first_seen REAL NOT NULL,
            last_seen REAL NOT NULL,
            times INTEGER NOT NULL,
            text_sha256 TEXT NOT NULL,
            words INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            score REAL NOT NULL,
            false_alarm_rate REAL NOT NULL,
            family TEXT,
            model TEXT NOT NULL,
            anchors INTEGER NOT NULL
        )""",
        "CREATE INDEX pages_by_time ON pages (last_seen)",
        "CREATE INDEX pages_by_site ON pages (site, last_seen)",
        # The primary key finds the pages that hold an anchor, the index the anchors of a page.
        """CREATE TABLE page_anchors (
            anchor INTEGER NOT NULL,
            page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
            PRIMARY KEY (anchor, page)
        ) WITHOUT ROWID""",
        "CREATE INDEX page_anchors_by_page ON page_anchors (page)",
    ),
    (
        # One row a text, however often and wherever it was met; `text` is NULL where texts are not kept.
        # `decided` is the reader's word where labels contradict each other.
        """CREATE TABLE texts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sha256 TEXT NOT NULL UNIQUE,
            text TEXT,
            url TEXT,
            title TEXT,
            site TEXT NOT NULL,
            added REAL NOT NULL,
            waiting INTEGER NOT NULL,
            skipped REAL,
            decided TEXT CHECK (decided IN ('spun', 'not-spun')),
            words INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            score REAL,
            false_alarm_rate REAL,
            family TEXT,
            model TEXT NOT NULL
        )""",
        "CREATE INDEX texts_by_site ON texts (site)",
        "CREATE INDEX texts_by_url ON texts (url)",
        # One row each time somebody said what a text is. Ids are never given twice: undoing must not hit another.
        """CREATE TABLE labels (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            text INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
            label TEXT NOT NULL CHECK (label IN ('spun', 'not-spun')),
            client TEXT NOT NULL,
            who TEXT NOT NULL,
            delivery TEXT,
            time REAL NOT NULL,
            model TEXT NOT NULL,
            score REAL,
            UNIQUE (client, delivery)
        )""",
        "CREATE INDEX labels_by_text ON labels (text, time)",
        """CREATE TABLE text_shingles (
            shingle INTEGER NOT NULL,
            text INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
            PRIMARY KEY (shingle, text)
        ) WITHOUT ROWID""",
        "CREATE INDEX text_shingles_by_text ON text_shingles (text)",
        "ALTER TABLE pages ADD COLUMN skipped REAL",  # passed over in the queue of what to label
    ),
)

-- Finding: search documents, labels, canned replies, mentions.

-- One document for each message, and one (seq 0) for what is known of the thread's order. The integer key is its moment
-- and a few bits more, so the newest comes first by key. Here the key is unique in the whole file, as the index needs it.
CREATE TABLE search_docs (
    merchant_id BLOB NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY,
    thread_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'note', 'order')),
    words TEXT NOT NULL,
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX search_docs_thread ON search_docs (merchant_id, thread_id, seq);

-- Words are folded and parted by one space before they come here, so the tokenizer only has to part them at spaces.
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = 'search_docs', content_rowid = 'id', tokenize = 'ascii', detail = none, prefix = '2 3');
CREATE TRIGGER search_docs_added AFTER INSERT ON search_docs BEGIN
    INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER search_docs_removed AFTER DELETE ON search_docs BEGIN
    INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER search_docs_rewritten AFTER UPDATE ON search_docs BEGIN
    INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
END;
-- Whoever takes a message away takes it out of the search.
CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN
    DELETE FROM search_docs WHERE merchant_id = old.merchant_id AND thread_id = old.thread_id AND seq = old.seq;
END;

-- Threads from before there was a search; the worker takes them in slices.
CREATE TABLE search_backlog (
    merchant_id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    PRIMARY KEY (merchant_id, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO search_backlog (merchant_id, thread_id) SELECT merchant_id, id FROM threads;

CREATE TABLE labels (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    -- The name as it is compared: one label of a name.
    name_key TEXT NOT NULL,
    hue INTEGER NOT NULL CHECK (hue BETWEEN 0 AND 11),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX labels_name ON labels (merchant_id, name_key);

CREATE TABLE thread_labels (
    merchant_id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    label_id BLOB NOT NULL,
    PRIMARY KEY (merchant_id, thread_id, label_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (merchant_id, label_id) REFERENCES labels (merchant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_labels_label ON thread_labels (merchant_id, label_id);

CREATE TABLE canned_replies (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    -- None: of every shop.
    shop_id BLOB,
    title TEXT NOT NULL,
    shortcut TEXT NOT NULL,
    -- Language and text.
    bodies TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies (merchant_id, shortcut);

CREATE TABLE mentions (
    merchant_id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    mentioned_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (merchant_id, agent_id, thread_id, seq),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_agent ON mentions (merchant_id, agent_id, mentioned_at);
CREATE INDEX mentions_unread ON mentions (merchant_id, agent_id, thread_id) WHERE read_at IS NULL;

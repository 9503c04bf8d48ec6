-- Finding: search documents, labels, canned replies, mentions.

-- One document for each message, and one (seq 0) for what is known of the thread's order. The integer key is its moment
-- and a few bits more, so the newest comes first by key.
CREATE TABLE search_docs (
    merchant_id UUID NOT NULL,
    id BIGINT NOT NULL,
    thread_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'note', 'order')),
    words TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX search_docs_thread ON search_docs (merchant_id, thread_id, seq);
-- Words are folded and parted by one space before they come here, so no parser of the engine has a say in what a word is.
CREATE INDEX search_docs_words ON search_docs USING GIN (array_to_tsvector(string_to_array(words, ' ')));

-- Whoever takes a message away takes it out of the search.
CREATE FUNCTION messages_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_docs WHERE merchant_id = old.merchant_id AND thread_id = old.thread_id AND seq = old.seq;
    RETURN NULL;
END $$;
CREATE TRIGGER messages_removed AFTER DELETE ON messages FOR EACH ROW EXECUTE FUNCTION messages_removed();

-- Threads from before there was a search; the worker takes them in slices.
CREATE TABLE search_backlog (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    PRIMARY KEY (merchant_id, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
);
INSERT INTO search_backlog (merchant_id, thread_id) SELECT merchant_id, id FROM threads;

CREATE TABLE labels (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- The name as it is compared: one label of a name.
    name_key TEXT NOT NULL,
    hue INTEGER NOT NULL CHECK (hue BETWEEN 0 AND 11),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
);
CREATE UNIQUE INDEX labels_name ON labels (merchant_id, name_key);

CREATE TABLE thread_labels (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    label_id UUID NOT NULL,
    PRIMARY KEY (merchant_id, thread_id, label_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (merchant_id, label_id) REFERENCES labels (merchant_id, id) ON DELETE CASCADE
);
CREATE INDEX thread_labels_label ON thread_labels (merchant_id, label_id);

CREATE TABLE canned_replies (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    -- None: of every shop.
    shop_id UUID,
    title TEXT NOT NULL,
    shortcut TEXT NOT NULL,
    -- Language and text.
    bodies TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
);
CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies (merchant_id, shortcut);

CREATE TABLE mentions (
    merchant_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    mentioned_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, agent_id, thread_id, seq),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id) ON DELETE CASCADE
);
CREATE INDEX mentions_agent ON mentions (merchant_id, agent_id, mentioned_at);
CREATE INDEX mentions_unread ON mentions (merchant_id, agent_id, thread_id) WHERE read_at IS NULL;

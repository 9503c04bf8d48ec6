-- What was uploaded into a thread. The bytes are in the data directory, never in here.
CREATE TABLE files (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    uploaded_by TEXT NOT NULL CHECK (uploaded_by IN ('shopper', 'agent', 'app', 'system')),
    uploader_id BLOB,
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'gif', 'pdf', 'video', 'voice')),
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    -- What a picture shows, in its sender's words; may be empty.
    alt TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    hash TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    duration_ms INTEGER,
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'attached')),
    -- Attached to a note, which shoppers never see.
    note INTEGER NOT NULL CHECK (note IN (0, 1)),
    message_id BLOB,
    case_id BLOB,
    created_at INTEGER NOT NULL,
    attached_at INTEGER,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id),
    FOREIGN KEY (merchant_id, case_id) REFERENCES cases (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_thread ON files (merchant_id, thread_id, state);
CREATE INDEX files_case ON files (merchant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX files_waiting ON files (created_at) WHERE state = 'uploaded';

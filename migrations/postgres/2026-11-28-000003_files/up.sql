-- What was uploaded into a thread. The bytes are in the data directory, never in here.
CREATE TABLE files (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    thread_id UUID NOT NULL,
    uploaded_by TEXT NOT NULL CHECK (uploaded_by IN ('shopper', 'agent', 'app', 'system')),
    uploader_id UUID,
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'gif', 'pdf', 'video', 'voice')),
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    -- What a picture shows, in its sender's words; may be empty.
    alt TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    hash TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    duration_ms INTEGER,
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'attached')),
    -- Attached to a note, which shoppers never see.
    note BOOLEAN NOT NULL,
    message_id UUID,
    case_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    attached_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id),
    FOREIGN KEY (merchant_id, case_id) REFERENCES cases (merchant_id, id)
);
CREATE INDEX files_thread ON files (merchant_id, thread_id, state);
CREATE INDEX files_case ON files (merchant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX files_waiting ON files (created_at) WHERE state = 'uploaded';

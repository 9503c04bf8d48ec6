-- A link to what is in a present and where it is. One a thread; ended and made again it has another version, and so it
-- has once the links to the thread were revoked.
CREATE TABLE gift_links (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    version INTEGER NOT NULL,
    link_version INTEGER NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);

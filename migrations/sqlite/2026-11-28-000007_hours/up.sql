-- A shop's opening hours as one document: the spans of its week, the days it stays closed. A shop without a row is always open.
CREATE TABLE shop_hours (
    merchant_id BLOB NOT NULL,
    shop_id BLOB NOT NULL,
    week TEXT NOT NULL,
    closures TEXT NOT NULL,
    -- While due moments are being counted again after a change: the last thread that was.
    recount_after BLOB,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, shop_id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shop_hours_recount ON shop_hours (set_at) WHERE recount_after IS NOT NULL;

-- Threads in which an answer is owed, by shop: what is counted again when its hours change.
CREATE INDEX threads_owed ON threads (merchant_id, shop_id, id) WHERE reply_due_at IS NOT NULL;

-- A shopper waited and a person answered, after so many opening minutes.
CREATE TABLE answered_waits (
    merchant_id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    shop_id BLOB NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    since INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, thread_id, seq),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_waits_shop ON answered_waits (merchant_id, shop_id, answered_at, minutes);

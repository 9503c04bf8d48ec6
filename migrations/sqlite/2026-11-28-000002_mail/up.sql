-- What the shopper has seen of a thread, and which answers a letter told already.
ALTER TABLE threads ADD COLUMN seen_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN seen_at INTEGER;
ALTER TABLE threads ADD COLUMN mailed_seq INTEGER NOT NULL DEFAULT 0;
UPDATE threads SET mailed_seq = COALESCE((
    SELECT MAX(seq) FROM deliveries
    WHERE deliveries.merchant_id = threads.merchant_id AND deliveries.thread_id = threads.id
        AND deliveries.endpoint = 'mail' AND deliveries.state = 'done'
), 0);

-- Where its letters go, when an agent corrected the address of the order; it holds while the order names that address.
ALTER TABLE threads ADD COLUMN mail_to TEXT;
ALTER TABLE threads ADD COLUMN mail_instead_of TEXT;
-- Why its letters are refused, and since when.
ALTER TABLE threads ADD COLUMN mail_refused TEXT;
ALTER TABLE threads ADD COLUMN mail_refused_at INTEGER;

-- When they last had the desk open.
ALTER TABLE agents ADD COLUMN desk_open_at INTEGER;

-- How far what was said got to the other side. Of the shopper's messages: the newest, which of them an open page of the
-- desk was brought, and which an agent has seen, since when.
ALTER TABLE threads ADD COLUMN asked_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN desk_got_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN desk_seen_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN desk_seen_at TIMESTAMPTZ;
-- Of the shop's: which the shopper's open page was brought. What they have seen is in seen_seq.
ALTER TABLE threads ADD COLUMN page_got_seq BIGINT NOT NULL DEFAULT 0;

-- What was said before is not new to anybody; what was answered was seen.
UPDATE threads SET asked_seq = COALESCE((
    SELECT MAX(seq) FROM messages
    WHERE messages.merchant_id = threads.merchant_id AND messages.thread_id = threads.id AND messages.author = 'shopper'
), 0);
UPDATE threads SET desk_got_seq = asked_seq;
UPDATE threads SET desk_seen_seq = asked_seq WHERE waiting_since IS NULL;

CREATE INDEX threads_undelivered ON threads (merchant_id) WHERE desk_got_seq < asked_seq;

-- The address that a code showed to be somebody's own: it opens every thread whose letters go there.
ALTER TABLE visits ADD COLUMN proven TEXT;
-- Threads whose letters an agent sent to another address.
CREATE INDEX threads_mail_to ON threads (merchant_id, mail_to) WHERE mail_to IS NOT NULL;

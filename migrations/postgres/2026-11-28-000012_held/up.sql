-- Since when nothing leaves, and why: whoever runs it looks first at what a restored or copied database would send.
ALTER TABLE installation ADD COLUMN held_since TIMESTAMPTZ;
ALTER TABLE installation ADD COLUMN held_why TEXT;
-- When the last backup was whole.
ALTER TABLE installation ADD COLUMN backed_up_at TIMESTAMPTZ;

-- A person's data: what was erased, how long what is kept; and the log of what matters for security.

-- One entry for each act. Each holds the hash of the one before it, so a changed or missing one is noticed.
CREATE TABLE audit_entries (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    doer TEXT NOT NULL CHECK (doer IN ('agent', 'app', 'system', 'stranger')),
    doer_id UUID,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    hash_before TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (merchant_id, seq)
);
CREATE INDEX audit_entries_age ON audit_entries (merchant_id, happened_at);
CREATE INDEX audit_entries_doer ON audit_entries (merchant_id, doer_id, seq) WHERE doer_id IS NOT NULL;
CREATE INDEX audit_entries_act ON audit_entries (merchant_id, act, seq);

-- Where a merchant's log ends, and where it begins since older entries were swept.
CREATE TABLE audit_heads (
    merchant_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    first_hash TEXT NOT NULL,
    PRIMARY KEY (merchant_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
);

CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only what lies before the beginning of the log can go.
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM audit_heads WHERE merchant_id = old.merchant_id AND first_seq > old.seq) THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION 'entries of the audit log are neither changed nor removed';
END
$$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entry_stays();

-- Who was erased: no address, only what a key of the installation makes of it.
CREATE TABLE erasures (
    merchant_id UUID NOT NULL,
    shopper_id UUID NOT NULL,
    email_hash TEXT,
    phone_hash TEXT,
    erased_at TIMESTAMPTZ NOT NULL,
    erased_by TEXT NOT NULL,
    erased_by_id UUID,
    -- Once raw bodies and letters on the disk were gone through as well.
    finished_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, shopper_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
);
CREATE INDEX erasures_email ON erasures (merchant_id, email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX erasures_phone ON erasures (merchant_id, phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX erasures_unfinished ON erasures (erased_at) WHERE finished_at IS NULL;

-- Files whose rows are gone and whose bytes are still to go.
CREATE TABLE removals (
    merchant_id UUID NOT NULL,
    file_id UUID NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, file_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
);

-- How long a merchant keeps what, where they chose.
CREATE TABLE retentions (
    merchant_id UUID NOT NULL,
    kind TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days > 0),
    set_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, kind),
    FOREIGN KEY (merchant_id) REFERENCES merchants (id)
);

-- Since when what is kept is counted: none for merchants from before there was a choice, until the first sweep notes it.
ALTER TABLE merchants ADD COLUMN retention_from TIMESTAMPTZ;

ALTER TABLE shoppers ADD COLUMN erased_at TIMESTAMPTZ;
ALTER TABLE orders ADD COLUMN erased_at TIMESTAMPTZ;
-- When what was said in a thread was taken away.
ALTER TABLE threads ADD COLUMN emptied_at TIMESTAMPTZ;
CREATE INDEX intakes_order ON intakes (merchant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX shoppers_phone ON shoppers (merchant_id, phone) WHERE phone IS NOT NULL;

-- What the sweeps look for. Not partial: SQLite takes no partial index for states that are bound, and most rows are finished.
CREATE INDEX deliveries_age ON deliveries (merchant_id, created_at);
CREATE INDEX visits_over ON visits (expires_at);
CREATE INDEX challenges_over ON challenges (expires_at);
DROP INDEX intake_bodies_age;
CREATE INDEX intake_bodies_age ON intake_bodies (merchant_id, received_at);

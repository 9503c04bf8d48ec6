-- The desk's day: threads that sleep until a moment, replies that are due, acts that can be taken back, offers.

-- Until when a snoozed thread sleeps.
ALTER TABLE threads ADD COLUMN snoozed_until INTEGER;
-- By when whoever waits should have an answer; what the list is sorted by.
ALTER TABLE threads ADD COLUMN reply_due_at INTEGER;
-- Minutes within which this shop wants to answer.
ALTER TABLE shops ADD COLUMN reply_minutes INTEGER NOT NULL DEFAULT 60;
-- Whether single letters act at the desk.
ALTER TABLE agents ADD COLUMN single_keys INTEGER NOT NULL DEFAULT 1;

UPDATE threads SET reply_due_at = coalesce(waiting_since, moved_at) + 3600000000 WHERE state = 'open';
CREATE INDEX threads_due ON threads (merchant_id, reply_due_at, id) WHERE state = 'open';
CREATE INDEX threads_snoozed ON threads (snoozed_until) WHERE state = 'snoozed';
-- Counted and listed by what waits for a decision of ours.
DROP INDEX cases_to_decide;
CREATE INDEX cases_to_decide ON cases (merchant_id, requested_at) WHERE state IN ('submitted', 'countered');

-- A request holds its own pieces and, while something else is offered, those of the offer.
DROP INDEX reservations_case;
CREATE UNIQUE INDEX reservations_case ON reservations (merchant_id, case_id, variant_id) WHERE state = 'open';
CREATE INDEX reservations_of_case ON reservations (merchant_id, case_id);

-- What the shop offers instead of what was asked for; the newest of a request.
CREATE TABLE proposals (
    merchant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    variant_id BLOB NOT NULL,
    price_to INTEGER NOT NULL,
    difference INTEGER NOT NULL,
    proposed_by BLOB,
    proposed_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, case_id),
    FOREIGN KEY (merchant_id, case_id) REFERENCES cases (merchant_id, id),
    FOREIGN KEY (merchant_id, variant_id) REFERENCES variants (merchant_id, id),
    FOREIGN KEY (merchant_id, proposed_by) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;

-- Refusals that are said but have not gone out: the row is the truth, it goes with the refusal.
CREATE TABLE pending_refusals (
    merchant_id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, case_id),
    FOREIGN KEY (merchant_id, case_id) REFERENCES cases (merchant_id, id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_refusals_due ON pending_refusals (due_at);

-- How a thread was before an act that can be taken back; rows of one id were one act.
CREATE TABLE undos (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    -- The thread's last seq after the act: any later one means that something happened since.
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    assigned_to BLOB,
    waiting_since INTEGER,
    reply_due_at INTEGER,
    snoozed_until INTEGER,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, id, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX undos_over ON undos (valid_until);

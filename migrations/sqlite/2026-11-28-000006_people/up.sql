-- A letter to an agent belongs to no thread.
ALTER TABLE deliveries ALTER COLUMN thread_id DROP NOT NULL;

ALTER TABLE agents ADD COLUMN seen_at INTEGER;
-- Away since then, until a moment or until switched off.
ALTER TABLE agents ADD COLUMN away_since INTEGER;
ALTER TABLE agents ADD COLUMN away_until INTEGER;

-- What somebody knows a session again by: the browser, and the beginning of its address.
ALTER TABLE agent_sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE agent_sessions ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX agent_sessions_agent ON agent_sessions (merchant_id, agent_id);

-- Somebody asked to join. Its link is a MAC over the row and its round, so nothing of it is kept.
CREATE TABLE invitations (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'agent')),
    locale TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
    -- Raised when it is sent again; links of an earlier round are void.
    round INTEGER NOT NULL,
    invited_by BLOB NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, invited_by) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitations_open ON invitations (merchant_id, email) WHERE state = 'open';

-- What an agent is to prove once: by a letter that they read an address, or by a code that they hold their phone.
CREATE TABLE agent_proofs (
    merchant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('password', 'email', 'second')),
    email TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_proofs_agent ON agent_proofs (merchant_id, agent_id, kind, created_at);
CREATE INDEX agent_proofs_age ON agent_proofs (expires_at);

-- An authenticator. It asks for codes from when it was confirmed; a time step is good once.
CREATE TABLE second_factors (
    merchant_id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    secret_sealed TEXT NOT NULL,
    last_step INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    PRIMARY KEY (merchant_id, agent_id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    merchant_id BLOB NOT NULL,
    agent_id BLOB NOT NULL,
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (merchant_id, agent_id, code_hash),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
) STRICT, WITHOUT ROWID;

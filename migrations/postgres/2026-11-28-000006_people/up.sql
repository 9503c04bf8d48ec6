-- A letter to an agent belongs to no thread.
ALTER TABLE deliveries ALTER COLUMN thread_id DROP NOT NULL;

ALTER TABLE agents ADD COLUMN seen_at TIMESTAMPTZ;
-- Away since then, until a moment or until switched off.
ALTER TABLE agents ADD COLUMN away_since TIMESTAMPTZ;
ALTER TABLE agents ADD COLUMN away_until TIMESTAMPTZ;

-- What somebody knows a session again by: the browser, and the beginning of its address.
ALTER TABLE agent_sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE agent_sessions ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX agent_sessions_agent ON agent_sessions (merchant_id, agent_id);

-- Somebody asked to join. Its link is a MAC over the row and its round, so nothing of it is kept.
CREATE TABLE invitations (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'agent')),
    locale TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
    -- Raised when it is sent again; links of an earlier round are void.
    round INTEGER NOT NULL,
    invited_by UUID NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, invited_by) REFERENCES agents (merchant_id, id)
);
CREATE UNIQUE INDEX invitations_open ON invitations (merchant_id, email) WHERE state = 'open';

-- What an agent is to prove once: by a letter that they read an address, or by a code that they hold their phone.
CREATE TABLE agent_proofs (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    agent_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('password', 'email', 'second')),
    email TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
);
CREATE INDEX agent_proofs_agent ON agent_proofs (merchant_id, agent_id, kind, created_at);
CREATE INDEX agent_proofs_age ON agent_proofs (expires_at);

-- An authenticator. It asks for codes from when it was confirmed; a time step is good once.
CREATE TABLE second_factors (
    merchant_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    secret_sealed TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, agent_id),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
);

CREATE TABLE recovery_codes (
    merchant_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    code_hash TEXT NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, agent_id, code_hash),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
);

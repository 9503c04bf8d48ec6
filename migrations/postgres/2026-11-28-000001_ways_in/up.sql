-- When the newest state of a variant that is told of by itself was told.
CREATE TABLE variant_tellings (
    merchant_id UUID NOT NULL,
    variant_id UUID NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, variant_id),
    FOREIGN KEY (merchant_id, variant_id) REFERENCES variants (merchant_id, id)
);

-- When a system last asked whether somebody is there. It does not sign that, so it says nothing of the secret.
CREATE TABLE connector_pings (
    merchant_id UUID NOT NULL,
    connector_id UUID NOT NULL,
    pinged_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, connector_id),
    FOREIGN KEY (merchant_id, connector_id) REFERENCES connectors (merchant_id, id)
);

-- What the order links of a connector begin with, and which of its keys signs them. The key itself is not kept.
CREATE TABLE order_link_keys (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    connector_id UUID NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, connector_id) REFERENCES connectors (merchant_id, id)
);
CREATE UNIQUE INDEX order_link_keys_of_connector ON order_link_keys (merchant_id, connector_id);

-- Order links to a thread that were made before this moment are void.
CREATE TABLE order_link_ends (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);

-- Connectors from before these tables.
INSERT INTO order_link_keys (merchant_id, id, connector_id, version) SELECT merchant_id, gen_random_uuid(), id, 1 FROM connectors;

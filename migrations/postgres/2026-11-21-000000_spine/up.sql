-- Global tables: the only ones without a merchant in their key.

CREATE TABLE installation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    key_check TEXT NOT NULL,
    setup_hash TEXT,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE merchants (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    feed_pos BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL
);

-- An e-mail signs in to one merchant of an installation.
CREATE TABLE sign_in_names (
    email TEXT NOT NULL PRIMARY KEY,
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    agent_id UUID NOT NULL
);

-- From here on the merchant is the first column of every key.

CREATE TABLE shops (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    accent TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    email TEXT NOT NULL,
    exchange_days INTEGER NOT NULL CHECK (exchange_days >= 0),
    mail_on_order BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id)
);

CREATE TABLE agents (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'agent')),
    password_hash TEXT NOT NULL,
    locale TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id)
);

CREATE TABLE agent_sessions (
    merchant_id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    agent_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, token_hash),
    FOREIGN KEY (merchant_id, agent_id) REFERENCES agents (merchant_id, id)
);

CREATE TABLE api_tokens (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id)
);

CREATE TABLE shoppers (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    id UUID NOT NULL,
    email TEXT,
    name TEXT,
    phone TEXT,
    locale TEXT,
    -- When each of them was told, so that the newest word stands whatever order it came in.
    told TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE UNIQUE INDEX shoppers_email ON shoppers (merchant_id, email);

CREATE TABLE connectors (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    kind TEXT NOT NULL,
    store TEXT NOT NULL,
    secret_sealed TEXT NOT NULL,
    last_arrival_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
);

CREATE TABLE intakes (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    connector_id UUID NOT NULL,
    topic TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    headers TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('applied', 'ignored', 'failed')),
    problems TEXT NOT NULL,
    order_id UUID,
    attempts INTEGER NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, connector_id) REFERENCES connectors (merchant_id, id)
);
CREATE INDEX intakes_of_connector ON intakes (merchant_id, connector_id, received_at);
-- A repeat is judged against what was applied; a failed one may come again and is not swallowed.
CREATE UNIQUE INDEX intakes_once ON intakes (merchant_id, connector_id, topic, delivery_key, body_hash) WHERE verdict <> 'failed';

CREATE TABLE intake_bodies (
    merchant_id UUID NOT NULL,
    intake_id UUID NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (merchant_id, intake_id),
    FOREIGN KEY (merchant_id, intake_id) REFERENCES intakes (merchant_id, id)
);
CREATE INDEX intake_bodies_age ON intake_bodies (received_at);

CREATE TABLE products (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    title TEXT NOT NULL,
    picture TEXT,
    exchangeable BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id)
);
CREATE UNIQUE INDEX products_source ON products (merchant_id, shop_id, source, external_id);

CREATE TABLE variants (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    product_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    stock_id TEXT,
    sku TEXT,
    options TEXT NOT NULL,
    picture TEXT,
    price BIGINT,
    currency TEXT,
    stock BIGINT,
    position INTEGER NOT NULL,
    retired BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, product_id) REFERENCES products (merchant_id, id)
);
CREATE UNIQUE INDEX variants_source ON variants (merchant_id, product_id, external_id);
CREATE INDEX variants_stock ON variants (merchant_id, stock_id);

-- What each place of a shop told of its stock; the variant's stock is their sum.
CREATE TABLE stock_counts (
    merchant_id UUID NOT NULL,
    variant_id UUID NOT NULL,
    place TEXT NOT NULL,
    available BIGINT NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, variant_id, place),
    FOREIGN KEY (merchant_id, variant_id) REFERENCES variants (merchant_id, id)
);

CREATE TABLE orders (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    -- A stub stands for an order that others already spoke of and that has not arrived itself.
    stub BOOLEAN NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('goods', 'booking', 'subscription')),
    payment_state TEXT NOT NULL,
    fulfilment_state TEXT NOT NULL,
    test BOOLEAN NOT NULL,
    currency TEXT NOT NULL,
    total BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    shipping BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    tax_included BOOLEAN NOT NULL,
    told_refunded BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    shopper_id UUID,
    email TEXT,
    ship_to TEXT,
    admin_url TEXT,
    cancelled_at TIMESTAMPTZ,
    placed_at TIMESTAMPTZ NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    told_hash TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id),
    FOREIGN KEY (merchant_id, shopper_id) REFERENCES shoppers (merchant_id, id)
);
CREATE UNIQUE INDEX orders_source ON orders (merchant_id, shop_id, source, external_id);
CREATE INDEX orders_number ON orders (merchant_id, number_key);
CREATE INDEX orders_external ON orders (merchant_id, external_id);
CREATE INDEX orders_email ON orders (merchant_id, email);
CREATE INDEX orders_shopper ON orders (merchant_id, shopper_id);
CREATE INDEX orders_updated ON orders (merchant_id, updated_at, id);

CREATE TABLE order_lines (
    merchant_id UUID NOT NULL,
    order_id UUID NOT NULL,
    id UUID NOT NULL,
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    product TEXT,
    variant TEXT,
    sku TEXT,
    title TEXT NOT NULL,
    options TEXT NOT NULL,
    custom TEXT NOT NULL,
    picture TEXT,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    fulfilled INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    unit_price BIGINT NOT NULL,
    discount BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    -- No longer part of the order; kept because a case may speak of it.
    removed BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, order_id, id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, id)
);
CREATE UNIQUE INDEX order_lines_source ON order_lines (merchant_id, order_id, external_id);

CREATE TABLE order_refunds (
    merchant_id UUID NOT NULL,
    order_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    id UUID NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    refunded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, order_id, external_id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, id)
);

CREATE TABLE shipments (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    -- A stub stands for a parcel that only its milestones spoke of so far.
    stub BOOLEAN NOT NULL,
    carrier TEXT,
    numbers TEXT NOT NULL,
    urls TEXT NOT NULL,
    lines TEXT NOT NULL,
    told_status TEXT,
    status TEXT,
    expected_at TIMESTAMPTZ,
    shipped_at TIMESTAMPTZ,
    told_at TIMESTAMPTZ NOT NULL,
    told_hash TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, id)
);
CREATE UNIQUE INDEX shipments_source ON shipments (merchant_id, order_id, external_id);

CREATE TABLE milestones (
    merchant_id UUID NOT NULL,
    shipment_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    id UUID NOT NULL,
    status TEXT NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    place TEXT,
    message TEXT,
    PRIMARY KEY (merchant_id, shipment_id, external_id),
    FOREIGN KEY (merchant_id, shipment_id) REFERENCES shipments (merchant_id, id)
);

CREATE TABLE threads (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    shop_id UUID NOT NULL,
    order_id UUID,
    shopper_id UUID,
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting_shopper', 'waiting_external', 'snoozed', 'resolved', 'spam')),
    locale TEXT NOT NULL,
    assigned_to UUID,
    waiting_since TIMESTAMPTZ,
    last_seq BIGINT NOT NULL,
    last_message_at TIMESTAMPTZ,
    moved_at TIMESTAMPTZ NOT NULL,
    link_version INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, shop_id) REFERENCES shops (merchant_id, id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, id),
    FOREIGN KEY (merchant_id, shopper_id) REFERENCES shoppers (merchant_id, id),
    FOREIGN KEY (merchant_id, assigned_to) REFERENCES agents (merchant_id, id)
);
CREATE UNIQUE INDEX threads_order ON threads (merchant_id, order_id);
CREATE INDEX threads_shopper ON threads (merchant_id, shopper_id);
CREATE INDEX threads_waiting ON threads (merchant_id, waiting_since) WHERE state = 'open';
CREATE INDEX threads_state ON threads (merchant_id, state, moved_at);
CREATE INDEX threads_moved ON threads (merchant_id, moved_at);
CREATE INDEX threads_assigned ON threads (merchant_id, assigned_to, moved_at) WHERE assigned_to IS NOT NULL;

CREATE TABLE messages (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    id UUID NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('shopper', 'agent', 'app', 'system')),
    author_id UUID,
    note BOOLEAN NOT NULL,
    client_id TEXT NOT NULL,
    alt TEXT NOT NULL,
    blocks TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, thread_id, seq),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);
CREATE UNIQUE INDEX messages_client ON messages (merchant_id, thread_id, client_id);
CREATE UNIQUE INDEX messages_id ON messages (merchant_id, id);

CREATE TABLE cases (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    thread_id UUID NOT NULL,
    order_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'exchange', 'return', 'cancellation', 'change', 'dispute')),
    state TEXT NOT NULL CHECK (state IN ('submitted', 'proposed', 'countered', 'approved', 'declined', 'cancelled', 'expired', 'completed')),
    line_id UUID NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    from_variant_id UUID,
    to_variant_id UUID NOT NULL,
    price_from BIGINT NOT NULL,
    price_to BIGINT NOT NULL,
    difference BIGINT NOT NULL,
    currency TEXT NOT NULL,
    goods_back TEXT NOT NULL,
    goods_out TEXT NOT NULL,
    money TEXT NOT NULL,
    client_id TEXT NOT NULL,
    requested_seq BIGINT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    decided_by UUID,
    decline_reason TEXT,
    settlement TEXT,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, id),
    FOREIGN KEY (merchant_id, order_id, line_id) REFERENCES order_lines (merchant_id, order_id, id),
    FOREIGN KEY (merchant_id, to_variant_id) REFERENCES variants (merchant_id, id),
    FOREIGN KEY (merchant_id, decided_by) REFERENCES agents (merchant_id, id)
);
CREATE INDEX cases_thread ON cases (merchant_id, thread_id);
CREATE UNIQUE INDEX cases_client ON cases (merchant_id, thread_id, client_id);
CREATE INDEX cases_to_decide ON cases (merchant_id, requested_at) WHERE state = 'submitted';
CREATE INDEX cases_requested ON cases (merchant_id, requested_at, id);

CREATE TABLE reservations (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    variant_id UUID NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'released', 'expired')),
    -- When an undecided request loses it; none once approved.
    held_until TIMESTAMPTZ,
    made_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, case_id) REFERENCES cases (merchant_id, id),
    FOREIGN KEY (merchant_id, variant_id) REFERENCES variants (merchant_id, id)
);
CREATE UNIQUE INDEX reservations_case ON reservations (merchant_id, case_id);
CREATE INDEX reservations_open ON reservations (merchant_id, variant_id) WHERE state = 'open';
CREATE INDEX reservations_due ON reservations (held_until) WHERE state = 'open';

CREATE TABLE events (
    merchant_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    id UUID NOT NULL,
    -- The position in the merchant's feed; none until the event has one.
    pos BIGINT,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('shopper', 'agent', 'app', 'system')),
    actor_id UUID,
    data TEXT NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, thread_id, seq),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);
CREATE UNIQUE INDEX events_feed ON events (merchant_id, pos) WHERE pos IS NOT NULL;
CREATE INDEX events_unplaced ON events (merchant_id, id) WHERE pos IS NULL;

CREATE TABLE deliveries (
    merchant_id UUID NOT NULL,
    id UUID NOT NULL,
    -- One lane is delivered in order: merchant, endpoint, thread.
    endpoint TEXT NOT NULL,
    thread_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'leased', 'done', 'dropped', 'dead')),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    lease TEXT,
    leased_until TIMESTAMPTZ,
    error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state IN ('due', 'leased');
CREATE INDEX deliveries_lane ON deliveries (merchant_id, endpoint, thread_id, seq) WHERE state IN ('due', 'leased');
CREATE INDEX deliveries_thread ON deliveries (merchant_id, thread_id);

-- What a browser may see: which thread, and how that was proven. The cookie's secret is kept as its hash.
CREATE TABLE visits (
    merchant_id UUID NOT NULL,
    session_hash TEXT NOT NULL,
    thread_id UUID NOT NULL,
    proof TEXT NOT NULL CHECK (proof IN ('link', 'code')),
    link_version INTEGER NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, session_hash, thread_id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);

-- A six-digit code that was asked for. There is a row whether or not the order exists, so both answers are the same.
CREATE TABLE challenges (
    merchant_id UUID NOT NULL REFERENCES merchants (id),
    id UUID NOT NULL,
    number_key TEXT NOT NULL,
    email TEXT NOT NULL,
    locale TEXT NOT NULL,
    thread_id UUID,
    tries INTEGER NOT NULL,
    sent_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, thread_id) REFERENCES threads (merchant_id, id)
);
CREATE INDEX challenges_email ON challenges (merchant_id, email, created_at);

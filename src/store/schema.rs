//! The tables as diesel sees them, the same for both engines. Follows `migrations/`; a test compares them.

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    installation (id) {
        id -> Integer,
        key_check -> Text,
        setup_hash -> Nullable<Text>,
        created_at -> Moment,
        held_since -> Nullable<Moment>,
        held_why -> Nullable<Text>,
        backed_up_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    merchants (id) {
        id -> Key,
        name -> Text,
        feed_pos -> BigInt,
        created_at -> Moment,
        retention_from -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    sign_in_names (email) {
        email -> Text,
        merchant_id -> Key,
        agent_id -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    shops (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        name -> Text,
        accent -> Text,
        locale -> Text,
        time_zone -> Text,
        email -> Text,
        exchange_days -> Integer,
        mail_on_order -> Bool,
        created_at -> Moment,
        reply_minutes -> Integer,
        exchange_rules -> Text,
        languages -> Text,
        legal -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    agents (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        locale -> Text,
        active -> Bool,
        created_at -> Moment,
        desk_open_at -> Nullable<Moment>,
        single_keys -> Bool,
        seen_at -> Nullable<Moment>,
        away_since -> Nullable<Moment>,
        away_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    agent_sessions (merchant_id, token_hash) {
        merchant_id -> Key,
        token_hash -> Text,
        agent_id -> Key,
        created_at -> Moment,
        seen_at -> Moment,
        expires_at -> Moment,
        browser -> Text,
        place -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    api_tokens (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        name -> Text,
        secret_hash -> Text,
        created_at -> Moment,
        expires_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    shoppers (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        email -> Nullable<Text>,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        locale -> Nullable<Text>,
        told -> Text,
        created_at -> Moment,
        erased_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    connectors (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        shop_id -> Key,
        kind -> Text,
        store -> Text,
        secret_sealed -> Text,
        last_arrival_at -> Nullable<Moment>,
        created_at -> Moment,
        secret_made_by -> Nullable<Key>,
        secret_made_at -> Nullable<Moment>,
        old_secret_sealed -> Nullable<Text>,
        old_secret_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    intakes (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        connector_id -> Key,
        topic -> Text,
        delivery_key -> Text,
        body_hash -> Text,
        headers -> Text,
        verdict -> Text,
        problems -> Text,
        order_id -> Nullable<Key>,
        attempts -> Integer,
        received_at -> Moment,
        old_secret -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    intake_bodies (merchant_id, intake_id) {
        merchant_id -> Key,
        intake_id -> Key,
        received_at -> Moment,
        body -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    products (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        shop_id -> Key,
        source -> Text,
        external_id -> Text,
        title -> Text,
        picture -> Nullable<Text>,
        exchangeable -> Bool,
        retired -> Bool,
        told_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    variants (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        product_id -> Key,
        external_id -> Text,
        stock_id -> Nullable<Text>,
        sku -> Nullable<Text>,
        options -> Text,
        picture -> Nullable<Text>,
        price -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        stock -> Nullable<BigInt>,
        position -> Integer,
        retired -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    stock_counts (merchant_id, variant_id, place) {
        merchant_id -> Key,
        variant_id -> Key,
        place -> Text,
        available -> BigInt,
        told_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    orders (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        shop_id -> Key,
        source -> Text,
        external_id -> Text,
        stub -> Bool,
        number -> Text,
        number_key -> Text,
        kind -> Text,
        payment_state -> Text,
        fulfilment_state -> Text,
        test -> Bool,
        currency -> Text,
        total -> BigInt,
        discount -> BigInt,
        shipping -> BigInt,
        tax -> BigInt,
        tax_included -> Bool,
        told_refunded -> BigInt,
        refunded -> BigInt,
        shopper_id -> Nullable<Key>,
        email -> Nullable<Text>,
        ship_to -> Nullable<Text>,
        admin_url -> Nullable<Text>,
        cancelled_at -> Nullable<Moment>,
        placed_at -> Moment,
        told_at -> Moment,
        told_hash -> Text,
        updated_at -> Moment,
        erased_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    order_lines (merchant_id, order_id, id) {
        merchant_id -> Key,
        order_id -> Key,
        id -> Key,
        external_id -> Text,
        position -> Integer,
        product -> Nullable<Text>,
        variant -> Nullable<Text>,
        sku -> Nullable<Text>,
        title -> Text,
        options -> Text,
        custom -> Text,
        picture -> Nullable<Text>,
        quantity -> Integer,
        fulfilled -> Integer,
        refunded -> Integer,
        unit_price -> BigInt,
        discount -> BigInt,
        tax -> BigInt,
        removed -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    order_refunds (merchant_id, order_id, external_id) {
        merchant_id -> Key,
        order_id -> Key,
        external_id -> Text,
        id -> Key,
        amount -> BigInt,
        currency -> Text,
        lines -> Text,
        refunded_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    shipments (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        order_id -> Key,
        external_id -> Text,
        stub -> Bool,
        carrier -> Nullable<Text>,
        numbers -> Text,
        urls -> Text,
        lines -> Text,
        told_status -> Nullable<Text>,
        status -> Nullable<Text>,
        expected_at -> Nullable<Moment>,
        shipped_at -> Nullable<Moment>,
        told_at -> Moment,
        told_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    milestones (merchant_id, shipment_id, external_id) {
        merchant_id -> Key,
        shipment_id -> Key,
        external_id -> Text,
        id -> Key,
        status -> Text,
        happened_at -> Moment,
        place -> Nullable<Text>,
        message -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    threads (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        shop_id -> Key,
        order_id -> Nullable<Key>,
        shopper_id -> Nullable<Key>,
        state -> Text,
        locale -> Text,
        assigned_to -> Nullable<Key>,
        waiting_since -> Nullable<Moment>,
        last_seq -> BigInt,
        last_message_at -> Nullable<Moment>,
        moved_at -> Moment,
        link_version -> Integer,
        created_at -> Moment,
        seen_seq -> BigInt,
        seen_at -> Nullable<Moment>,
        mailed_seq -> BigInt,
        mail_to -> Nullable<Text>,
        mail_instead_of -> Nullable<Text>,
        mail_refused -> Nullable<Text>,
        mail_refused_at -> Nullable<Moment>,
        snoozed_until -> Nullable<Moment>,
        reply_due_at -> Nullable<Moment>,
        asked_seq -> BigInt,
        desk_got_seq -> BigInt,
        desk_seen_seq -> BigInt,
        desk_seen_at -> Nullable<Moment>,
        page_got_seq -> BigInt,
        emptied_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    messages (merchant_id, thread_id, seq) {
        merchant_id -> Key,
        thread_id -> Key,
        seq -> BigInt,
        id -> Key,
        author -> Text,
        author_id -> Nullable<Key>,
        note -> Bool,
        client_id -> Text,
        alt -> Text,
        blocks -> Text,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    cases (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        thread_id -> Key,
        order_id -> Key,
        kind -> Text,
        state -> Text,
        line_id -> Key,
        quantity -> Integer,
        reason -> Text,
        words -> Text,
        from_variant_id -> Nullable<Key>,
        to_variant_id -> Key,
        price_from -> BigInt,
        price_to -> BigInt,
        difference -> BigInt,
        currency -> Text,
        goods_back -> Text,
        goods_out -> Text,
        money -> Text,
        client_id -> Text,
        requested_seq -> BigInt,
        requested_at -> Moment,
        decided_at -> Nullable<Moment>,
        decided_by -> Nullable<Key>,
        decline_reason -> Nullable<Text>,
        settlement -> Nullable<Text>,
        closed_at -> Nullable<Moment>,
        terms -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    reservations (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        case_id -> Key,
        variant_id -> Key,
        quantity -> Integer,
        state -> Text,
        held_until -> Nullable<Moment>,
        made_at -> Moment,
        closed_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    events (merchant_id, thread_id, seq) {
        merchant_id -> Key,
        thread_id -> Key,
        seq -> BigInt,
        id -> Key,
        pos -> Nullable<BigInt>,
        kind -> Text,
        actor -> Text,
        actor_id -> Nullable<Key>,
        data -> Text,
        happened_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    deliveries (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        endpoint -> Text,
        thread_id -> Nullable<Key>,
        seq -> BigInt,
        kind -> Text,
        payload -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Moment,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Moment>,
        error -> Nullable<Text>,
        created_at -> Moment,
        done_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    visits (merchant_id, session_hash, thread_id) {
        merchant_id -> Key,
        session_hash -> Text,
        thread_id -> Key,
        proof -> Text,
        link_version -> Integer,
        opened_at -> Moment,
        expires_at -> Moment,
        proven -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    challenges (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        number_key -> Text,
        email -> Text,
        locale -> Text,
        thread_id -> Nullable<Key>,
        tries -> Integer,
        sent_at -> Nullable<Moment>,
        created_at -> Moment,
        expires_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    proposals (merchant_id, case_id) {
        merchant_id -> Key,
        case_id -> Key,
        variant_id -> Key,
        price_to -> BigInt,
        difference -> BigInt,
        proposed_by -> Nullable<Key>,
        proposed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    pending_refusals (merchant_id, case_id) {
        merchant_id -> Key,
        case_id -> Key,
        agent_id -> Key,
        reason -> Text,
        made_at -> Moment,
        due_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    undos (merchant_id, id, thread_id) {
        merchant_id -> Key,
        id -> Key,
        thread_id -> Key,
        agent_id -> Key,
        seq -> BigInt,
        state -> Text,
        assigned_to -> Nullable<Key>,
        waiting_since -> Nullable<Moment>,
        reply_due_at -> Nullable<Moment>,
        snoozed_until -> Nullable<Moment>,
        valid_until -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    variant_tellings (merchant_id, variant_id) {
        merchant_id -> Key,
        variant_id -> Key,
        told_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    connector_pings (merchant_id, connector_id) {
        merchant_id -> Key,
        connector_id -> Key,
        pinged_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    order_link_keys (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        connector_id -> Key,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    order_link_ends (merchant_id, thread_id) {
        merchant_id -> Key,
        thread_id -> Key,
        ended_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    search_docs (merchant_id, id) {
        merchant_id -> Key,
        id -> BigInt,
        thread_id -> Key,
        seq -> BigInt,
        kind -> Text,
        words -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    search_backlog (merchant_id, thread_id) {
        merchant_id -> Key,
        thread_id -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    labels (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        name -> Text,
        name_key -> Text,
        hue -> Integer,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    thread_labels (merchant_id, thread_id, label_id) {
        merchant_id -> Key,
        thread_id -> Key,
        label_id -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    canned_replies (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        shop_id -> Nullable<Key>,
        title -> Text,
        shortcut -> Text,
        bodies -> Text,
        created_at -> Moment,
        updated_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    mentions (merchant_id, agent_id, thread_id, seq) {
        merchant_id -> Key,
        agent_id -> Key,
        thread_id -> Key,
        seq -> BigInt,
        mentioned_at -> Moment,
        read_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    files (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        thread_id -> Key,
        uploaded_by -> Text,
        uploader_id -> Nullable<Key>,
        kind -> Text,
        format -> Text,
        name -> Text,
        alt -> Text,
        size -> BigInt,
        hash -> Text,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        duration_ms -> Nullable<Integer>,
        state -> Text,
        note -> Bool,
        message_id -> Nullable<Key>,
        case_id -> Nullable<Key>,
        created_at -> Moment,
        attached_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    invitations (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        email -> Text,
        role -> Text,
        locale -> Text,
        state -> Text,
        round -> Integer,
        invited_by -> Key,
        sent_at -> Moment,
        expires_at -> Moment,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    agent_proofs (merchant_id, id) {
        merchant_id -> Key,
        id -> Key,
        agent_id -> Key,
        kind -> Text,
        email -> Text,
        tries -> Integer,
        created_at -> Moment,
        expires_at -> Moment,
        used_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    second_factors (merchant_id, agent_id) {
        merchant_id -> Key,
        agent_id -> Key,
        secret_sealed -> Text,
        last_step -> BigInt,
        begun_at -> Moment,
        confirmed_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    recovery_codes (merchant_id, agent_id, code_hash) {
        merchant_id -> Key,
        agent_id -> Key,
        code_hash -> Text,
        used_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    shop_hours (merchant_id, shop_id) {
        merchant_id -> Key,
        shop_id -> Key,
        week -> Text,
        closures -> Text,
        recount_after -> Nullable<Key>,
        set_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    answered_waits (merchant_id, thread_id, seq) {
        merchant_id -> Key,
        thread_id -> Key,
        seq -> BigInt,
        shop_id -> Key,
        minutes -> Integer,
        since -> Moment,
        answered_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    gift_links (merchant_id, thread_id) {
        merchant_id -> Key,
        thread_id -> Key,
        version -> Integer,
        link_version -> Integer,
        made_at -> Moment,
        ended_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    audit_entries (merchant_id, seq) {
        merchant_id -> Key,
        seq -> BigInt,
        act -> Text,
        doer -> Text,
        doer_id -> Nullable<Key>,
        subject -> Text,
        details -> Text,
        happened_at -> Moment,
        hash_before -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    audit_heads (merchant_id) {
        merchant_id -> Key,
        seq -> BigInt,
        hash -> Text,
        first_seq -> BigInt,
        first_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    erasures (merchant_id, shopper_id) {
        merchant_id -> Key,
        shopper_id -> Key,
        email_hash -> Nullable<Text>,
        phone_hash -> Nullable<Text>,
        erased_at -> Moment,
        erased_by -> Text,
        erased_by_id -> Nullable<Key>,
        finished_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    removals (merchant_id, file_id) {
        merchant_id -> Key,
        file_id -> Key,
        decided_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::columns::{Key, Moment};
    retentions (merchant_id, kind) {
        merchant_id -> Key,
        kind -> Text,
        days -> Integer,
        set_at -> Moment,
    }
}

diesel::allow_tables_to_appear_in_same_query!(installation, merchants, sign_in_names, shops, agents, agent_sessions, api_tokens, shoppers, connectors, intakes, intake_bodies, products, variants, stock_counts, orders, order_lines, order_refunds, shipments, milestones, threads, messages, cases, reservations, events, deliveries, visits, challenges, proposals, pending_refusals, undos, variant_tellings, connector_pings, order_link_keys, order_link_ends, search_docs, search_backlog, labels, thread_labels, canned_replies, mentions, files, invitations, agent_proofs, second_factors, recovery_codes, shop_hours, answered_waits, gift_links, audit_entries, audit_heads, erasures, removals, retentions);

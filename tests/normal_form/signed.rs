//! Who sent it, what about, and under which name: judged on the raw bytes and headers.

use comptoir::connect::{
    shops::{Arrival, ConnectorKind, delivery_key, topic, verify},
    signature::{BadSignature, sign_plain, sign_standard},
};

use crate::arrange::{at, header};

const BODY: &[u8] = br#"{"type": "stock.updated", "id": 1 }"#;
const SECRET: &str = "whsec_Q29tcHRvaXIncyBvd24gc2VjcmV0IQ==";
const SENT: i64 = 1_795_248_000;

fn generic(signature: &str, body: &[u8]) -> Result<(), BadSignature> {
    let headers = [
        header("webhook-id", "msg_1"),
        header("webhook-timestamp", &SENT.to_string()),
        header("webhook-signature", signature),
    ];
    let now = chrono::DateTime::from_timestamp(SENT + 60, 0).unwrap();
    verify(ConnectorKind::Generic, &["whsec_b2xkIHNlY3JldA==", SECRET], &Arrival { headers: &headers, body }, now)
}

fn shopify(signature: &str, body: &[u8]) -> Result<(), BadSignature> {
    let headers = [header("x-shopify-hmac-sha256", signature)];
    let now = at("2026-11-21T08:00:00Z");
    verify(ConnectorKind::Shopify, &["old", "shpss_new"], &Arrival { headers: &headers, body }, now)
}

/// Each single bit of `bytes` turned over.
fn bent(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut bent = bytes.to_vec();
        bent[bit / 8] ^= 1 << (bit % 8);
        bent
    })
}

#[test]
fn any_of_the_secrets_opens_and_no_other() {
    assert_eq!(generic(&sign_standard(SECRET, "msg_1", SENT, BODY).unwrap(), BODY), Ok(()));
    assert_eq!(shopify(&sign_plain("shpss_new", BODY).unwrap(), BODY), Ok(()));
    assert_eq!(shopify(&sign_plain("old", BODY).unwrap(), BODY), Ok(()));
    assert_eq!(shopify(&sign_plain("other", BODY).unwrap(), BODY), Err(BadSignature::Mismatch));
    let other_id = sign_standard(SECRET, "msg_2", SENT, BODY).unwrap();
    assert_eq!(generic(&other_id, BODY), Err(BadSignature::Mismatch));
}

#[test]
fn a_single_bit_of_the_body_closes() {
    let standard = sign_standard(SECRET, "msg_1", SENT, BODY).unwrap();
    let plain = sign_plain("shpss_new", BODY).unwrap();
    for body in bent(BODY) {
        assert!(generic(&standard, &body).is_err() && shopify(&plain, &body).is_err());
    }
}

#[test]
fn a_single_bit_of_the_signature_closes() {
    let standard = sign_standard(SECRET, "msg_1", SENT, BODY).unwrap();
    for signature in bent(standard.as_bytes()).filter_map(|bent| String::from_utf8(bent).ok()) {
        assert!(generic(&signature, BODY).is_err(), "{signature:?}");
    }
    for signature in bent(sign_plain("shpss_new", BODY).unwrap().as_bytes()) {
        let Ok(signature) = String::from_utf8(signature) else { continue };
        assert!(shopify(&signature, BODY).is_err(), "{signature:?}");
    }
}

#[test]
fn without_a_signature_nothing_opens() {
    let nothing = Arrival { headers: &[], body: BODY };
    for kind in ConnectorKind::ALL {
        let verdict = verify(*kind, &[SECRET], &nothing, at("2026-11-21T08:00:00Z"));
        assert_eq!(verdict, Err(BadSignature::Missing), "{kind}");
    }
}

#[test]
fn a_delivery_is_named_by_its_event_before_its_subscription() {
    let headers = [
        header("x-shopify-topic", "orders/paid"),
        header("x-shopify-webhook-id", "hook-1"),
        header("x-shopify-event-id", "event-1"),
        header("webhook-id", "msg_1"),
    ];
    let arrival = Arrival { headers: &headers, body: BODY };
    assert_eq!(delivery_key(ConnectorKind::Shopify, &arrival), "event-1");
    assert_eq!(delivery_key(ConnectorKind::Shopify, &Arrival { headers: &headers[..2], body: BODY }), "hook-1");
    assert_eq!(delivery_key(ConnectorKind::Generic, &arrival), "msg_1");
    assert_eq!(topic(ConnectorKind::Shopify, &arrival), "orders/paid");
    assert_eq!(topic(ConnectorKind::Generic, &arrival), "stock.updated");
    assert_eq!(topic(ConnectorKind::Generic, &Arrival { headers: &[], body: b"[" }), "");
}

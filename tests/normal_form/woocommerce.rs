//! What each of WooCommerce's bodies becomes.

use comptoir::{
    connect::{
        ReadError,
        shops::{Arrival, ConnectorKind, is_ping, read, verify, woocommerce::refund_of},
        signature::sign_plain,
    },
    domain::normal::{
        FamilyNews, FulfilmentState, MemberNews, News, OrderNews, PaymentState, ProductNews, RefundNews,
        ShipmentStatus, is_real,
    },
};
use serde_json::{Value, json};

use crate::arrange::{at, context, fixture, header, one, order, problems, sample, shown, values};

fn woocommerce(topic: &str, body: &Value) -> Result<Vec<News>, ReadError> {
    let headers = [header("x-wc-webhook-topic", topic), header("x-wc-webhook-source", "https://shop.example/")];
    read(ConnectorKind::WooCommerce, &context(), &Arrival { headers: &headers, body: body.to_string().as_bytes() })
}

fn told(change: impl FnOnce(&mut Value)) -> OrderNews {
    let mut body = fixture("woocommerce/order");
    change(&mut body);
    order(woocommerce("order.updated", &body))
}

fn sampled(topic: &str, name: &str) -> Option<OrderNews> {
    Some(order(woocommerce(topic, &sample(name)?)))
}

#[test]
fn a_captured_order_is_a_guests_with_its_options_and_opens() {
    let Some(order) = sampled("order.created", "woocommerce/order_created_variation_captured") else { return };
    assert_eq!((order.number.as_str(), shown(order.total).as_str()), ("15", "74.90 EUR"));
    assert_eq!(order.customer.external_id, None, "a guest");
    assert_eq!(order.customer.email.as_deref(), Some("ana.test@example.com"));
    assert_eq!(order.customer.likely_locale.as_deref(), Some("fr-FR"));
    let [shirt] = order.lines.as_slice() else { panic!("{:?}", order.lines) };
    assert_eq!((shirt.title.as_str(), shirt.quantity), ("Oxford Shirt", 2));
    assert_eq!(values(shirt), [("Color", "Blue"), ("Size", "M")]);
    assert_eq!((shown(shirt.unit_price), shown(order.shipping)), ("35.00 EUR".into(), "4.90 EUR".into()));
    assert!(shirt.custom.is_empty() && shirt.image.is_none() && order.shipments.is_empty());
    assert_eq!((order.payment, is_real(&order)), (PaymentState::Paid, true));
    assert_eq!(order.placed_at, at("2026-11-20T18:40:53Z"));
}

#[test]
fn a_captured_refund_leaves_the_total() {
    let Some(order) = sampled("order.updated", "woocommerce/order_updated_partially_refunded_captured") else { return };
    assert_eq!((shown(order.total), shown(order.refunded)), ("74.90 EUR".into(), "35.00 EUR".into()));
    assert_eq!(order.payment, PaymentState::PartiallyRefunded);
    let [refund] = order.refunds.as_slice() else { panic!("{:?}", order.refunds) };
    assert_eq!((refund.external_id.as_str(), refund.reason.as_deref()), ("16", Some("one shirt back")));
}

#[test]
fn a_captured_completed_order_has_the_parcel_of_its_tracking_plugin() {
    let Some(order) = sampled("order.updated", "woocommerce/order_updated_completed_tracking_captured") else { return };
    assert_eq!(order.fulfilment, FulfilmentState::Fulfilled);
    let [parcel] = order.shipments.as_slice() else { panic!("{:?}", order.shipments) };
    assert_eq!((parcel.carrier.as_deref(), parcel.status), (Some("Colissimo"), Some(ShipmentStatus::Unknown)));
    assert_eq!(
        (parcel.numbers.as_slice(), parcel.shipped_at),
        (&["8R00000000000".to_owned()][..], at_seconds(1_795_200_055))
    );
    assert!(order.lines.iter().all(|line| line.fulfilled == line.quantity));
}

fn at_seconds(seconds: i64) -> Option<chrono::DateTime<chrono::Utc>> {
    chrono::DateTime::from_timestamp(seconds, 0)
}

#[test]
fn the_documented_orders_are_read_without_the_words_of_newer_versions() {
    let Some(first) = sampled("order.created", "woocommerce/order_processing_docs") else { return };
    assert_eq!((first.number.as_str(), shown(first.total).as_str()), ("727", "29.35 USD"));
    assert_eq!(values(&first.lines[1]), [("Color", "Black"), ("Size", "M Test")]);
    assert_eq!(first.lines[1].title, "Ship Your Idea");
    assert!(!first.tax_included && is_real(&first));
    let second = sampled("order.created", "woocommerce/order_second_of_list").unwrap();
    assert_eq!((second.number.as_str(), shown(second.total).as_str()), ("723", "39.00 USD"));
    assert_eq!((second.refunds.len(), shown(second.refunded).as_str()), (2, "19.00 USD"));
    assert_eq!((second.payment, second.customer.external_id.as_deref()), (PaymentState::PartiallyRefunded, Some("26")));
}

#[test]
fn a_refund_that_was_asked_for_names_no_order_and_never_is_a_hook() {
    let euro = "EUR".parse().unwrap();
    let refund = |body: &Value| match refund_of("723", euro, body.to_string().as_bytes()) {
        Ok(News::Refund { order, refund }) => (order, refund),
        other => panic!("not a refund: {other:?}"),
    };
    let (order, own): (String, RefundNews) = refund(&fixture("woocommerce/refund"));
    assert_eq!((order.as_str(), own.external_id.as_str(), shown(own.amount).as_str()), ("723", "70", "12.00 EUR"));
    assert_eq!((own.lines, own.at), (vec![("52".to_owned(), 1)], at("2026-11-21T09:00:00Z")));
    assert_eq!(problems(woocommerce("order.updated", &fixture("woocommerce/refund"))), ["/currency"]);
    let Some(body) = sample("woocommerce/order_refund_docs") else { return };
    let (_, documented) = refund(&body);
    assert_eq!((shown(documented.amount).as_str(), documented.reason), ("10.00 EUR", None));
    assert_eq!(problems(woocommerce("order.updated", &body)), ["/currency"]);
}

#[test]
fn an_order_comes_with_everything_it_told() {
    let order = told(|_| {});
    assert_eq!((order.external_id.as_str(), order.number.as_str()), ("4711", "4711"));
    assert_eq!((order.placed_at, order.updated_at), (at("2026-11-20T14:10:00Z"), at("2026-11-20T14:12:30Z")));
    assert_eq!(order.payment, PaymentState::Paid);
    assert!(order.placed && !order.draft && order.tax_included && is_real(&order));
    assert_eq!((shown(order.total), shown(order.shipping)), ("88.98 EUR".into(), "4.90 EUR".into()));
    assert_eq!((shown(order.discount), shown(order.tax)), ("6.00 EUR".into(), "14.83 EUR".into()));
    assert_eq!(order.customer.name.as_deref(), Some("Éloïse Garnier"));
    assert_eq!(order.customer.email.as_deref(), Some("eloise.garnier@example.com"));
    assert_eq!((order.customer.external_id.as_deref(), order.customer.locale.as_deref()), (Some("31"), Some("fr")));
    assert_eq!(order.ship_to.unwrap().line2.as_deref(), Some("Bât. C"));
    let seen = Some("https://shop.example/wp-admin/post.php?post=4711&action=edit");
    assert_eq!(order.admin_url.as_deref(), seen);
    let [shirt, soap, paper] = order.lines.as_slice() else { panic!("{:?}", order.lines) };
    assert_eq!((shirt.title.as_str(), soap.title.as_str()), ("Marinière & Co", "Savon – lavande"));
    assert_eq!(values(shirt), [("Couleur", "Bleu nuit"), ("Taille", "M")]);
    assert_eq!((shirt.custom[0].name.as_str(), shirt.custom[0].value.as_str()), ("Broderie", "É. G."));
    assert_eq!(shirt.custom.len(), 1, "a plugin's own table is no wish");
    assert_eq!((shirt.product.as_deref(), shirt.variant.as_deref()), (Some("300"), Some("302")));
    assert_eq!((soap.product.as_deref(), soap.variant.as_deref()), (Some("310"), Some("310")));
    assert_eq!(shirt.image.as_deref(), Some("https://shop.example/mariniere.jpg"));
    // Three for 70.00 before and 64.00 after the discount: a price is rounded up and the line still adds up.
    assert_eq!((shown(shirt.unit_price), shown(shirt.discount)), ("23.34 EUR".into(), "6.02 EUR".into()));
    assert_eq!((paper.title.as_str(), shown(paper.unit_price).as_str()), ("Papier cadeau", "8.08 EUR"));
    assert!(paper.product.is_none() && !paper.requires_shipping);
}

#[test]
fn what_was_sent_and_given_back_is_told_by_the_order_alone() {
    let order = order(woocommerce("order.updated", &fixture("woocommerce/order_sent")));
    assert_eq!((order.payment, order.fulfilment), (PaymentState::PartiallyRefunded, FulfilmentState::Fulfilled));
    assert_eq!(shown(order.refunded), "12.00 EUR");
    let [first, second] = order.shipments.as_slice() else { panic!("{:?}", order.shipments) };
    assert_eq!(
        (first.carrier.as_deref(), first.urls.as_slice()),
        (Some("Colis Privé"), &["https://track.example/CP123".to_owned()][..])
    );
    assert_eq!((first.lines.as_slice(), first.shipped_at), (&[("51".to_owned(), 3)][..], at_seconds(1_795_251_600)));
    assert_eq!(
        (second.numbers.as_slice(), second.urls.len()),
        (&["8211223344".to_owned()][..], 0),
        "no script for a link"
    );
    assert_ne!(first.external_id, second.external_id);
}

#[test]
fn parcels_are_found_where_each_plugin_notes_them() {
    let noted = |meta: Value| told(|body| body["meta_data"] = meta).shipments;
    let legacy = json!([
        {"key": "_tracking_number", "value": "1Z9"}, {"key": "_tracking_provider", "value": "ups"},
        {"key": "_date_shipped", "value": "2026-11-21"}, {"key": "_custom_tracking_link", "value": "https://ups.example/1Z9"},
    ]);
    let [parcel] = <[_; 1]>::try_from(noted(legacy)).unwrap();
    assert_eq!((parcel.carrier.as_deref(), parcel.shipped_at), (Some("ups"), Some(at("2026-11-21T00:00:00Z"))));
    let yith = noted(
        json!([{"key": "ywot_tracking_code", "value": "6A1"}, {"key": "ywot_carrier_name", "value": "Colissimo"}]),
    );
    assert_eq!((yith[0].numbers.as_slice(), yith[0].carrier.as_deref()), (&["6A1".to_owned()][..], Some("Colissimo")));
    let after =
        noted(json!([{"key": "_aftership_tracking_items", "value": [{"slug": "dpd", "tracking_number": "0580"}]}]));
    assert_eq!((after[0].numbers.as_slice(), after[0].carrier.as_deref()), (&["0580".to_owned()][..], Some("dpd")));
    // Two plugins that tell of the same parcel.
    let twice = noted(json!([
        {"key": "_wc_shipment_tracking_items", "value": [{"tracking_number": "0580", "tracking_provider": "DPD"}]},
        {"key": "_aftership_tracking_items", "value": [{"slug": "dpd", "tracking_number": "0580"}]},
    ]));
    assert_eq!(twice.len(), 1);
    assert!(noted(json!([{"key": "_wc_shipment_tracking_items", "value": ""}])).is_empty());
    let germanized = told(|body| {
        body["shipments"] = json!([
            {"id": 1, "type": "simple", "status": "delivered", "tracking_id": "00340", "shipping_provider": "dhl",
                "date_sent_gmt": "2026-11-21T08:00:00", "items": [{"order_item_id": 51, "quantity": 3}]},
            {"id": 2, "type": "simple", "status": "draft", "tracking_id": ""}, {"id": 3, "type": "return", "status": "shipped"},
        ]);
    });
    let [parcel] = germanized.shipments.as_slice() else { panic!("{:?}", germanized.shipments) };
    assert_eq!((parcel.status, parcel.lines[0].1), (Some(ShipmentStatus::Delivered), 3));
    assert_eq!(germanized.lines[0].fulfilled, 3);
}

#[test]
fn the_language_is_the_plugins_else_the_countrys() {
    let spoken = |change: &dyn Fn(&mut Value)| {
        let customer = told(change).customer;
        (customer.locale, customer.likely_locale)
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(spoken(&|body| body["lang"] = json!("de_DE_formal")), (text("de-DE"), text("fr-FR")));
    let trp = json!([{"key": "trp_language", "value": "nl_NL"}]);
    assert_eq!(spoken(&|body| body["meta_data"] = trp.clone()), (text("nl-NL"), text("fr-FR")));
    let from = |country: &str| {
        let country = country.to_owned();
        spoken(&move |body| {
            body["meta_data"] = json!([]);
            body["billing"]["country"] = json!(country);
        })
    };
    assert_eq!(from("GB"), (None, text("en-GB")));
    assert_eq!(from("BE"), (None, None));
    assert_eq!(from(""), (None, text("fr-FR")), "where it goes, when the bill says nothing");
}

#[test]
fn a_status_says_whether_an_order_is_real() {
    let with = |status: &str, paid: bool| {
        told(|body| {
            body["status"] = json!(status);
            if !paid {
                body["date_paid_gmt"] = Value::Null;
                body["date_paid"] = Value::Null;
            }
        })
    };
    for (status, paid, real) in [
        ("pending", false, false),
        ("on-hold", false, true),
        ("processing", false, true),
        ("wc-processing", true, true),
        ("failed", false, false),
        ("cancelled", false, false),
        ("checkout-draft", false, false),
        ("trash", true, false),
        ("awaiting-shipment", true, true),
    ] {
        assert_eq!(is_real(&with(status, paid)), real, "{status}");
    }
    assert_eq!(with("cancelled", true).cancelled_at, Some(at("2026-11-20T14:12:30Z")));
    assert_eq!(with("processing", true).cancelled_at, None);
}

#[test]
fn products_and_their_variants_are_told_one_by_one() {
    let News::Family(FamilyNews { external_id, title, variants, .. }) =
        one(woocommerce("product.updated", &fixture("woocommerce/product_variable")))
    else {
        panic!()
    };
    assert_eq!((external_id.as_str(), title.as_str()), ("300", "Marinière & Co"));
    assert_eq!(variants, ["302", "303"]);
    let News::Member(member) = one(woocommerce("product.created", &fixture("woocommerce/product_variation"))) else {
        panic!()
    };
    let MemberNews { product, title, retired, variant, .. } = *member;
    assert_eq!((product.as_str(), title.as_str(), retired), ("300", "Marinière & Co", false));
    assert_eq!((variant.external_id.as_str(), variant.stock, variant.options.len()), ("303", Some(4), 2));
    assert_eq!((variant.price.unwrap().to_string(), variant.currency), ("23.33".to_owned(), "EUR".parse().ok()));
    let product = |body: &Value| match one(woocommerce("product.updated", body)) {
        News::Product(product) => *product,
        other => panic!("not a product: {other:?}"),
    };
    let mut simple = fixture("woocommerce/product_simple");
    let ProductNews { title, variants, retired, .. } = product(&simple);
    assert_eq!((title.as_str(), retired, variants[0].external_id.as_str()), ("Savon – lavande", false, "310"));
    assert_eq!((variants[0].stock, variants[0].options.len()), (Some(0), 0), "sold out, though nobody counts");
    simple["status"] = json!("draft");
    simple["stock_status"] = json!("instock");
    assert!(product(&simple).retired && product(&simple).variants[0].stock.is_none());
    let News::Product(gone) = one(woocommerce("product.deleted", &json!({"id": 310}))) else { panic!() };
    assert!(gone.retired && gone.variants.is_empty());
}

#[test]
fn what_we_do_not_follow_is_nothing() {
    for topic in ["order.deleted", "customer.created", "coupon.updated", "action.woocommerce_order_refunded", "", "x"] {
        assert_eq!(one(woocommerce(topic, &json!({"id": 1}))), News::Nothing, "{topic}");
    }
    let grouped = json!({"id": 1, "type": "grouped", "name": "Set"});
    assert_eq!(one(woocommerce("product.updated", &grouped)), News::Nothing);
}

#[test]
fn what_cannot_be_an_order_is_refused_with_its_place() {
    let changed = |pointer: &str, value: Value| {
        let mut body = fixture("woocommerce/order");
        *body.pointer_mut(pointer).unwrap() = value;
        problems(woocommerce("order.updated", &body))
    };
    assert_eq!(changed("/currency", json!("XXX")), ["/currency"]);
    assert_eq!(changed("/total", json!("")), ["/total"]);
    assert_eq!(changed("/total", json!("-1.00")), ["/total"]);
    assert_eq!(changed("/line_items/0/quantity", json!(-1)), ["/line_items/0/quantity"]);
    assert_eq!(changed("/line_items/0/quantity", json!(1e12)), ["/line_items/0/quantity"]);
    assert_eq!(changed("/date_created_gmt", json!("yesterday")), ["/date_created_gmt"]);
    assert_eq!(changed("/id", Value::Null), ["/id"]);
    assert_eq!(changed("/line_items/0/parent_name", json!("x".repeat(501))), ["/line_items/0/parent_name"]);
}

#[test]
fn what_is_odd_but_harmless_is_dropped() {
    let order = told(|body| {
        body["line_items"][0]["quantity"] = json!("2.5");
        body["line_items"][1]["quantity"] = json!(0);
        body["billing"]["email"] = json!("not an address");
        body["billing"]["country"] = json!("Elsewhere");
        body["shipping"] = json!({"first_name": "", "last_name": "", "country": "FR"});
        body["number"] = Value::Null;
        body["fee_lines"][0]["total"] = json!("-3.00");
        body["fee_lines"][0]["total_tax"] = json!("-0.60");
    });
    assert_eq!((order.lines.len(), order.lines[0].quantity), (1, 3), "sold by the metre");
    assert_eq!((order.customer.email, order.ship_to), (None, None));
    assert_eq!((order.number.as_str(), shown(order.discount).as_str()), ("4711", "9.60 EUR"));
}

#[test]
fn only_what_the_shop_signed_is_taken() {
    let body = br#"{"id": 1}"#;
    let check = |secret: &str, key: &str| {
        let headers = [header("x-wc-webhook-signature", &sign_plain(key, body).unwrap())];
        let arrival = Arrival { headers: &headers, body };
        verify(ConnectorKind::WooCommerce, &[secret], &arrival, context().now).is_ok()
    };
    assert!(check("a secret", "a secret") && !check("a secret", "another"));
    assert!(check("black &amp; white", "black & white"), "a secret that a form wrote in its own way");
}

#[test]
fn a_ping_is_a_form_with_one_number() {
    let ping = |kind: ConnectorKind, body: &[u8]| is_ping(kind, &Arrival { headers: &[], body });
    assert!(ping(ConnectorKind::WooCommerce, b"webhook_id=7"));
    assert!(!ping(ConnectorKind::Shopify, b"webhook_id=7") && !ping(ConnectorKind::Generic, b"webhook_id=7"));
    let long = format!("webhook_id={}", "7".repeat(100));
    for other in [&b""[..], b"webhook_id=", b"webhook_id=x", b"webhook_id=7&a=1", b"{}", long.as_bytes()] {
        assert!(!ping(ConnectorKind::WooCommerce, other), "{other:?}");
    }
}

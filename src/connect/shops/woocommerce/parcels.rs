//! Parcels: WooCommerce knows none, so they are read from what tracking plugins note on an order, and from the list that
//! Germanized adds to it.

use chrono::{DateTime, Utc};

use super::MOST_META;
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, add_pieces},
    },
    domain::normal::{ShipmentNews, ShipmentStatus},
};

/// Where plugins note a list of parcels: Shipment Tracking, Advanced Shipment Tracking and those that write as they do,
/// AfterShip.
const LISTS: &[&str] = &["_wc_shipment_tracking_items", "_aftership_tracking_items"];

/// Where plugins note one parcel: number, carrier, link, day.
const SINGLES: &[[&str; 4]] = &[
    ["_tracking_number", "_tracking_provider", "_custom_tracking_link", "_date_shipped"],
    ["ywot_tracking_code", "ywot_carrier_name", "", "ywot_pick_up_date"],
    ["_aftership_tracking_number", "_aftership_tracking_provider_name", "", "_aftership_tracking_shipdate"],
];

/// What plugins call the parts of a parcel, the most telling first.
const CARRIER: &[&str] =
    &["custom_tracking_provider", "formatted_tracking_provider", "tracking_provider", "slug", "carrier_name"];
const LINK: &[&str] = &["custom_tracking_link", "formatted_tracking_link", "ast_tracking_link", "tracking_url"];

/// The parcels of an order that was told at `told_at`. A parcel is known by its place: whoever mends a wrong number takes
/// the old entry away and puts in another.
pub(super) fn of_order(order: &Field<'_>, told_at: DateTime<Utc>) -> Vec<ShipmentNews> {
    let meta = order.get("meta_data").items(MOST_META);
    let noted = |key: &str| meta.iter().find(|entry| entry.get("key").name().as_deref() == Some(key));
    let listed = LISTS.iter().filter_map(|key| noted(key)).flat_map(|entry| entry.get("value").values(MOST_EXTRAS));
    let listed = listed.filter_map(|item| from_list(&item, told_at));
    let value = |key: &str| noted(key).map(|entry| entry.get("value"));
    let singles = SINGLES.iter().filter_map(|[number, carrier, link, day]| {
        let mut parcel = sent(told_at, value(number)?.id()?);
        parcel.carrier = value(carrier).and_then(|carrier| carrier.plain());
        parcel.urls = value(link).and_then(|link| link.link()).into_iter().collect();
        parcel.shipped_at = value(day).and_then(|day| day.moment());
        Some(parcel)
    });
    let shipments = order.get("shipments").values(MOST_EXTRAS);
    let germanized = shipments.iter().filter_map(|item| from_shipment(item, told_at));
    let mut parcels: Vec<ShipmentNews> = Vec::new();
    for parcel in listed.chain(singles).chain(germanized) {
        let known = |other: &ShipmentNews| !other.numbers.is_empty() && other.numbers == parcel.numbers;
        if !parcels.iter().any(known) && parcels.len() < MOST_EXTRAS {
            let external_id = format!("parcel-{}", parcels.len() + 1);
            parcels.push(ShipmentNews { external_id, ..parcel });
        }
    }
    parcels
}

/// A parcel of which a plugin says that it left, no more.
fn sent(told_at: DateTime<Utc>, number: String) -> ShipmentNews {
    ShipmentNews {
        external_id: String::new(),
        carrier: None,
        numbers: vec![number],
        urls: Vec::new(),
        status: Some(ShipmentStatus::Unknown),
        shipped_at: None,
        updated_at: told_at,
        lines: Vec::new(),
    }
}

fn from_list(item: &Field<'_>, told_at: DateTime<Utc>) -> Option<ShipmentNews> {
    let item = item.object()?;
    let mut parcel = sent(told_at, item.get("tracking_number").id()?);
    parcel.carrier = CARRIER.iter().find_map(|name| item.get(name).plain());
    parcel.urls = LINK.iter().find_map(|name| item.get(name).link()).into_iter().collect();
    parcel.shipped_at = item.get("date_shipped").moment();
    for piece in item.get("products_list").values(MOST_EXTRAS) {
        let count = piece.get("qty").decimal().and_then(|count| u32::try_from(count.ceil()).ok());
        if let (Some(line), Some(count @ 1..)) = (piece.get("item_id").id(), count) {
            add_pieces(&mut parcel.lines, line, count);
        }
    }
    Some(parcel)
}

/// A parcel as Germanized tells it. One that is only drafted was not sent, and what comes back is no parcel to the buyer.
fn from_shipment(item: &Field<'_>, told_at: DateTime<Utc>) -> Option<ShipmentNews> {
    let item = item.object().filter(|item| item.get("type").name().is_none_or(|kind| kind == "simple"))?;
    let status = match item.get("status").name()?.trim_start_matches("gzd-") {
        "shipped" => ShipmentStatus::Unknown,
        "delivered" => ShipmentStatus::Delivered,
        "ready-for-shipping" | "processing" => ShipmentStatus::LabelCreated,
        _ => return None,
    };
    let mut parcel = sent(told_at, String::new());
    parcel.status = Some(status);
    parcel.numbers = item.get("tracking_id").id().into_iter().collect();
    parcel.carrier = item.get("shipping_provider_title").plain().or_else(|| item.get("shipping_provider").plain());
    parcel.urls = item.get("tracking_url").link().into_iter().collect();
    parcel.shipped_at = item.get("date_sent_gmt").time_as_utc().or_else(|| item.get("date_sent").time_as_utc());
    for piece in item.get("items").values(MOST_EXTRAS) {
        let count = piece.get("quantity").decimal().and_then(|count| u32::try_from(count.ceil()).ok());
        if let (Some(line), Some(count @ 1..)) = (piece.get("order_item_id").id(), count) {
            add_pieces(&mut parcel.lines, line, count);
        }
    }
    Some(parcel)
}

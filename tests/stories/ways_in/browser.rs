//! The same in a real Chromium.

use std::time::Duration;

use super::super::support::{Server, chromium::Chromium};
use super::{now, shopify_order, snippet};

const MOMENT: Duration = Duration::from_secs(5);
/// The page asks again after ten seconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_link_that_is_quicker_than_its_order_waits_for_it_by_itself() {
    let server = Server::demo().await;
    let own = snippet(&server, "Shopify").await;
    let chromium = Chromium::start().await;
    let phone = chromium.phone().language("en").open().await;
    phone.goto(&format!("{}#{}", own.page, own.token("8810", now()))).await;
    phone.wait_for_text("h1", "Your order is on its way to us", MOMENT).await;
    assert_eq!(server.shopify("orders/create", &shopify_order(8810)).send().await.status, 202);
    phone.wait_for_text("#order-card", "8810", PATIENCE).await;
    let address = phone.driver.current_url().await.unwrap();
    assert!(address.path().starts_with("/t/") && address.fragment().is_none(), "{address}");
    assert_eq!(phone.complaints().await, Vec::<String>::new());
    phone.close().await;
}

#[tokio::test]
async fn without_a_script_the_links_page_leads_to_the_order_number() {
    let server = Server::demo().await;
    let own = snippet(&server, "Shopify").await;
    let chromium = Chromium::start().await;
    let phone = chromium.phone().language("en").without_javascript().open().await;
    phone.goto(&format!("{}#{}", own.page, own.token("8811", now()))).await;
    phone.click("a[href*='/t/find']").await;
    phone.wait_for_text("label[for=number]", "Order number", MOMENT).await;
    phone.close().await;
}

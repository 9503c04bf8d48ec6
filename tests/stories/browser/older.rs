//! The same pages in browsers of some years ago: what those do not know is taken out of the sheets, and the rest must still
//! read down one column, with contrast, within the width of the phone.

use comptoir::web::assets::rules::{Rule, read, write};

use super::*;

/// A browser by what it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    /// Neither layers nor anything after them.
    Of2021,
    /// Layers, but no `light-dark()`, no relative colours, no container queries, no `:has()`.
    Of2022,
}

const NEWER_VALUES: [&str; 4] = ["light-dark(", "oklch(", "color-mix(", "dvh"];

/// What a browser of that age makes of a sheet, in words that today's browser reads alike.
fn as_seen(rules: Vec<Rule>, age: Age) -> Vec<Rule> {
    rules.into_iter().flat_map(|rule| seen(rule, age)).collect()
}

fn seen(rule: Rule, age: Age) -> Vec<Rule> {
    match rule {
        Rule::Group { prelude, .. } if age == Age::Of2021 && prelude.starts_with("@layer") => vec![],
        Rule::Group { prelude, .. } if prelude.starts_with("@container") || prelude.starts_with("@starting") => vec![],
        Rule::Group { prelude, rules } if prelude.starts_with("@supports not ") => {
            let newer = age == Age::Of2021 || !prelude.contains("dvh");
            if newer { as_seen(rules, age) } else { vec![] }
        }
        Rule::Group { prelude, .. } if prelude.starts_with("@supports") => vec![],
        Rule::Group { prelude, rules } => vec![Rule::Group { prelude, rules: as_seen(rules, age) }],
        Rule::Style { selector, .. } if selector.contains(":has(") => vec![],
        Rule::Style { selector, declarations } => {
            let knows = |value: &str| !NEWER_VALUES.iter().any(|newer| value.contains(newer));
            // `dvh` came with the browsers that know layers.
            let knows = |value: &str| knows(value) || (age == Age::Of2022 && value.contains("dvh"));
            let declarations = declarations.into_iter().filter(|(_, value)| knows(value)).collect();
            vec![Rule::Style { selector, declarations }]
        }
        Rule::Statement(_) if age == Age::Of2021 => vec![],
        Rule::Whole(text) if text.starts_with("@view-transition") => vec![],
        other => vec![other],
    }
}

/// Puts the page into the sheets as a browser of that age sees them.
async fn grow_old(server: &Server, window: &Window, age: Age) {
    let hrefs =
        "return [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.getAttribute('href'))";
    let mut sheet = String::new();
    for href in eval(window, hrefs).await.as_array().unwrap() {
        let text = server.stranger().get(href.as_str().unwrap()).await.body;
        sheet.push_str(&write(&as_seen(read(&text), age)));
    }
    assert!(!NEWER_VALUES[..3].iter().any(|newer| sheet.contains(newer)), "nothing new is left");
    let swap = format!(
        "document.querySelectorAll('link[rel=stylesheet]').forEach((link) => {{ link.disabled = true }});
         const sheet = new CSSStyleSheet(); sheet.replaceSync({}); document.adoptedStyleSheets = [sheet];
         return sheet.cssRules.length",
        json!(sheet)
    );
    assert!(eval(window, &swap).await.as_u64().unwrap() > 3 && sheet.len() > 4_000, "the sheet has rules");
}

/// Texts whose contrast with what is behind them is under 4.5 (3 for large ones), and boxes of text that lie over each other.
const FAULTS: &str = "
  document.getAnimations().forEach((animation) => animation.finish());
  const faults = [];
  const channels = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0.05);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  // What an ancestor cuts off is not seen.
  const shown = (element, { left, right, top, bottom }) => {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const box = at.getBoundingClientRect();
      [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom };
  };
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility() || element.closest('template, script, svg, [hidden], .vh, .skip, option, [aria-disabled=true]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(channels(style.color)), light(behind(element))];
    const ratio = Math.max(one, other) / Math.min(one, other);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 600);
    const said = node.textContent.trim().slice(0, 30);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)} of «${said}»: ${style.color}`);
    const line = shown(element, range.getClientRects()[0]);
    if (line.right - line.left > 3 && line.bottom - line.top > 3 && !element.closest('[data-stuck], .shop__head, .shop__dock, .tabbar')) boxes.push([line, said]);
  }
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  boxes.forEach(([a, one], at) => boxes.slice(at + 1).forEach(([b, other]) => over(a, b) && faults.push(`«${one}» lies over «${other}»`)));
  return faults.slice(0, 12)";

async fn reads_well(window: &Window, page: &str) {
    let faults = eval(window, FAULTS).await;
    assert_eq!(faults, json!([]), "{page}");
}

#[tokio::test]
async fn browser_pages_read_down_one_column_in_browsers_of_2021() {
    every_page_reads_well(Age::Of2021).await;
}

#[tokio::test]
async fn browser_pages_keep_their_look_in_browsers_of_2022() {
    every_page_reads_well(Age::Of2022).await;
}

async fn every_page_reads_well(age: Age) {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let thread = camilles_thread(&server).await;
    for dark in [false, true] {
        let phone = if dark { chromium.phone().dark() } else { chromium.phone() }.open().await;
        opened(&server, &phone, 0).await;
        let own = path(&phone).await;
        for page in [own.clone(), format!("{own}/exchange"), "/t/find".to_owned(), "/desk/sign-in".to_owned()] {
            phone.goto(&server.url(&page)).await;
            grow_old(&server, &phone, age).await;
            reads_well(&phone, &format!("{page} {age:?} dark: {dark}")).await;
            must_fit(&phone, &page, 390).await;
        }
        signed_in(&server, &phone, "ines@calanque.example").await;
        for page in ["/desk?view=all", &format!("/desk/threads/{thread}?view=all")] {
            phone.goto(&server.url(page)).await;
            grow_old(&server, &phone, age).await;
            reads_well(&phone, &format!("{page} {age:?} dark: {dark}")).await;
            must_fit(&phone, page, 390).await;
        }
        phone.close().await;
    }
}

#[tokio::test]
async fn browser_an_old_phone_still_sends_what_is_written() {
    let (server, chromium) = (Server::demo().await, Chromium::start().await);
    let phone = chromium.phone().open().await;
    opened(&server, &phone, 0).await;
    mark(&phone).await;
    eval(&phone, "delete crypto.__proto__.randomUUID; delete AbortSignal.timeout; return typeof crypto.randomUUID")
        .await;
    assert_eq!(
        eval(&phone, "return [typeof crypto.randomUUID, typeof AbortSignal.timeout]").await,
        json!(["undefined", "undefined"])
    );
    phone.type_into("#message", "From an old phone.").await;
    phone.click(".composer__send").await;
    arrives(&phone, "From an old phone.").await;
    assert!(is_kept(&phone).await);
    no_complaints(&phone, "thread").await;
}

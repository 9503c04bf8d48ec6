//! Files go both ways, each shown as what it is, and stand where they belong.

use image::{ImageFormat, ImageReader};
use serde_json::{Value, json};

use super::{
    super::support::{
        Server, Visitor,
        form::{Form, Sent},
        page::Page,
    },
    first, gif, id, mp4, ogg, pdf, photo, say, text, thread_of, webm,
};

/// What every address of a file says beside its bytes.
fn is_sandboxed(headers: &reqwest::header::HeaderMap) {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(says("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(says("x-content-type-options"), "nosniff");
    assert_eq!(says("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn each_kind_of_file_goes_from_the_shopper_to_the_desk_and_back() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let (desk, at_desk) = (server.desk().await, format!("/desk/threads/{thread}"));
    let kinds: [(Sent, &str, &str, &str); 6] = [
        (photo(64, 32), "photo", ".photo img", "image/jpeg"),
        (gif(), "gif", ".photo img", "image/gif"),
        (pdf(900), "pdf", ".paper", "application/pdf"),
        (mp4(7), "video", "video", "video/mp4"),
        (ogg(14), "voice", ".voice audio", "audio/ogg"),
        (webm(14), "voice", ".voice audio", "audio/webm"),
    ];
    for (number, (sent, kind, shown, format)) in kinds.into_iter().enumerate() {
        for (who, here, there, other) in [(&shopper, &path, &at_desk, &desk), (&desk, &at_desk, &path, &shopper)] {
            let taken = who.upload(&format!("{here}/files"), sent.clone()).await;
            let file = id(&taken);
            assert_eq!(taken.json()["kind"], kind, "{}", taken.body);
            let (status, headers, _) = who.bytes(&text(&taken.json()["preview"]), None).await;
            assert_eq!(status, 200, "the preview of a {kind}");
            is_sandboxed(&headers);
            let client = format!("client-{number}-{}", other.base_url().len() + here.len());
            let page = say(who, here, &client, "", &[&file]).await;
            assert_eq!(page.status, 200, "{}", page.text());
            let read = other.get(there).await;
            assert!(
                !read.select(shown).is_empty() || read.body.contains("<audio"),
                "a {kind} is shown: {}",
                read.text()
            );
            let address = read.resolve(&format!("{there}/files/{file}/full"));
            let (status, headers, bytes) = other.bytes(&address, None).await;
            assert_eq!(status, 200, "a {kind} is read on the other side");
            is_sandboxed(&headers);
            assert_eq!(headers["content-type"], format);
            let way = headers["content-disposition"].to_str().unwrap().to_owned();
            assert_eq!(way.starts_with("attachment"), kind == "pdf", "{kind}: {way}");
            assert!(!bytes.is_empty());
        }
    }
    let read = desk.get(&at_desk).await;
    assert!(read.has("0:14") && read.has("Facture n\u{ba} 7.pdf") && read.has("kB"), "{}", read.text());
    assert_eq!(server.api().get(&format!("/api/v1/threads/{thread}/messages?limit=100")).await.status, 200);
}

#[tokio::test]
async fn a_plain_form_carries_a_text_and_photos() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let page = shopper.get(&path).await;
    assert!(
        page.body.contains("<noscript>") && page.body.contains("type=\"file\""),
        "a file can be chosen without script"
    );
    let form = page.form("form#composer").fill("text", "Regardez la couture.").forge("alt", "couture déchirée");
    let sent = shopper.submit(form.attach("file", photo(40, 20)).attach("file", pdf(10))).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert!(sent.has("Regardez la couture.") && sent.has("Facture"));
    assert_eq!(sent.attribute(".photo img", "alt").as_deref(), Some("Photo\u{a0}: couture déchirée"));

    let desk = server.desk().await;
    let at_desk = format!("/desk/threads/{thread}");
    let form = desk.get(&at_desk).await.form("form#composer").fill("text", "");
    let answered = desk.submit(form.attach("file", photo(30, 30)).press("none")).await;
    assert_eq!(answered.status, 200, "{}", answered.text());
    assert_eq!(shopper.get(&path).await.select(".photo").len(), 2);
    let nothing = desk.get(&at_desk).await.form("form#composer").press("none");
    assert_eq!(desk.submit(nothing).await.status, 422, "a message is a text, a file or both");
}

#[tokio::test]
async fn a_photo_keeps_nothing_but_its_picture_and_stands_upright() {
    // Made first: while it is made nobody listens, and a server closes a connection that says nothing for long.
    let sent = photo(3_000, 1_500);
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    assert!(sent.bytes.windows(6).any(|part| part == b"CANARY"));
    let taken = shopper.upload(&format!("{path}/files"), sent).await;
    let file = id(&taken);
    say(&shopper, &path, "client-of-photo", "", &[&file]).await;
    for (variant, size) in [("full", (1_280, 2_560)), ("480", (240, 480)), ("112", (56, 112))] {
        let (status, headers, bytes) = shopper.bytes(&format!("{path}/files/{file}/{variant}"), None).await;
        assert_eq!(status, 200, "{variant}");
        is_sandboxed(&headers);
        for word in [b"CANARY".as_slice(), b"Exif", b"GPS"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{variant} still says {word:?}");
        }
        let reader = ImageReader::with_format(std::io::Cursor::new(bytes), ImageFormat::Jpeg);
        assert_eq!(reader.into_dimensions().unwrap(), size, "{variant}");
    }
    let film = id(&shopper.upload(&format!("{path}/files"), mp4(3)).await);
    let (_, _, bytes) = shopper.bytes(&format!("{path}/files/{film}/full"), None).await;
    assert!(!bytes.windows(7).any(|part| part == b"43.2842"), "a film does not say where it was taken");
    let moving = id(&shopper.upload(&format!("{path}/files"), gif()).await);
    let (_, _, bytes) = shopper.bytes(&format!("{path}/files/{moving}/full"), None).await;
    assert!(bytes.starts_with(b"GIF89a") && !bytes.windows(6).any(|part| part == b"CANARY"));
    let told = server.api().get(&format!("/api/v1/threads/{thread}/messages?limit=100")).await.json();
    assert!(told["data"].as_array().unwrap().iter().any(|said| said["alt"] == "Photo"), "{told}");
}

#[tokio::test]
async fn a_player_jumps_about_in_a_clip() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let sent = mp4(5);
    let taken = shopper.upload(&format!("{path}/files"), sent.clone()).await.json();
    let address = text(&taken["preview"]);
    let (status, headers, bytes) = shopper.bytes(&address, Some("bytes=100-199")).await;
    assert_eq!((status, bytes.len()), (206, 100));
    assert_eq!(headers["content-range"].to_str().unwrap(), format!("bytes 100-199/{}", sent.bytes.len()));
    let (status, _, bytes) = shopper.bytes(&address, Some("bytes=-8")).await;
    assert_eq!((status, bytes), (206, sent.bytes[sent.bytes.len() - 8..].to_vec()));
    assert_eq!(shopper.bytes(&address, Some("bytes=999999-")).await.0, 416);
}

#[tokio::test]
async fn a_note_keeps_its_files_behind_the_counter() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let (desk, at_desk) = (server.desk().await, format!("/desk/threads/{thread}"));
    let secret = id(&desk.upload(&format!("{at_desk}/files"), pdf(20)).await);
    assert_eq!(shopper.bytes(&format!("{path}/files/{secret}/full"), None).await.0, 404, "it is not sent yet");
    let fields = [("text", "For us only"), ("client_id", "client-of-note"), ("kind", "note"), ("files", &secret)];
    assert_eq!(desk.post(&format!("{at_desk}/messages"), &fields).await.status, 200);
    assert!(desk.get(&at_desk).await.has("Facture"));
    assert!(!shopper.get(&path).await.has("Facture"));
    assert_eq!(shopper.bytes(&format!("{path}/files/{secret}/full"), None).await.0, 404);
    assert_eq!(desk.bytes(&format!("{at_desk}/files/{secret}/full"), None).await.0, 200);
}

#[tokio::test]
async fn a_request_for_something_broken_comes_with_photos() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let items = shopper.get(&format!("{path}/exchange")).await;
    let form = items.form("form:has([name=line])");
    let line = form.offers("line")[0].clone();
    let reasons = shopper.submit(form.choose("line", &line)).await;
    let other = shopper.submit(reasons.form("form:has([name=reason])").choose("reason", "colour")).await;
    assert!(other.select("form#photos").is_empty(), "a colour needs no photo");
    let asks = shopper.submit(reasons.form("form:has([name=reason])").choose("reason", "defect")).await;
    let form = asks.form("form#photos").fill("alt", "Déchirure de 6 cm");
    let wrong = shopper.submit(form.clone().attach("file", Sent::new("a.svg", "image/svg+xml", b"<svg/>"))).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("a.svg") && wrong.has("JPEG"), "{}", wrong.text());
    assert_eq!(wrong.form("form#photos").value("alt"), Some("Déchirure de 6 cm"), "what was typed stays");
    let variants = shopper.submit(form.attach("file", photo(60, 30))).await;
    assert_eq!(variants.status, 200, "{}", variants.text());
    let back = variants.links().into_iter().find(|(_, href)| href.contains("step=photos")).unwrap().1;
    let again = shopper.get(&back).await;
    assert_eq!(again.form("form#photos").offers("files").len(), 1, "back keeps the photo: {}", again.text());

    let (_, blue) = variants.links().into_iter().find(|(words, _)| words.contains("Bleu orage")).unwrap();
    let check = shopper.submit(shopper.get(&blue).await.form("form:has([name=variant])")).await;
    assert_eq!(check.select(".shots .shot").len(), 1, "{}", check.text());
    let done = shopper.submit(check.form("form:has([name=client_id])")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(
        shopper.get(&path).await.attribute(".photo img", "alt").as_deref(),
        Some("Photo\u{a0}: Déchirure de 6 cm")
    );
    let decision = server.desk().await.get(&format!("/desk/threads/{thread}")).await;
    assert_eq!(decision.attribute(".decision .shot img", "alt").as_deref(), Some("Photo: Déchirure de 6 cm"));
}

#[tokio::test]
async fn a_request_without_photos_goes_on_all_the_same() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let form = shopper.get(&format!("{path}/exchange")).await.form("form:has([name=line])");
    let line = form.offers("line")[0].clone();
    let reasons = shopper.submit(form.choose("line", &line)).await;
    let asks = shopper.submit(reasons.form("form:has([name=reason])").choose("reason", "wrong_item")).await;
    let variants = shopper.submit(asks.form("form#photos")).await;
    assert!(variants.has("Bleu orage"), "{}", variants.text());
}

/// A shop may insist on seeing what is wrong: then no way of asking goes around it, and nothing chosen is lost on the way.
#[tokio::test]
async fn a_photo_that_is_needed_is_asked_for_by_page_and_by_program() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let desk = server.desk().await;
    let policy = desk.get("/desk/settings/policy").await.form("form#policy");
    let saved = desk.submit(policy.choose("needed", "yes")).await;
    assert!(saved.status == 200 && saved.has("Saved."), "{}", saved.text());

    let form = shopper.get(&format!("{path}/exchange")).await.form("form:has([name=line])");
    let line = form.offers("line")[0].clone();
    let reasons = shopper.submit(form.choose("line", &line)).await.form("form:has([name=reason])");
    let asks = shopper.submit(reasons.choose("reason", "defect").fill("words", "La couture lâche.")).await;
    assert!(!asks.has("sans photo"), "nobody can go on without: {}", asks.text());
    let refused = shopper.submit(asks.form("form#photos").fill("alt", "La manche gauche")).await;
    assert!(refused.status == 422 && refused.has("Ajoutez une photo"), "{}", refused.text());
    let form = refused.form("form#photos");
    let kept = ["line", "reason", "words", "alt"].map(|name| form.value(name).unwrap().to_owned());
    assert_eq!(kept, [line.as_str(), "defect", "La couture lâche.", "La manche gauche"], "what was chosen is kept");
    // Straight to the end, as no page would: the same answer, with the same things kept.
    let (_, blue) = seen_with(&shopper, &form, pdf(10)).await;
    let confirm = shopper.submit(shopper.get(&blue).await.form("form:has([name=variant])")).await;
    let forged = confirm.form("form:has([name=client_id])").forge("photos", "");
    for sent in [forged, confirm.form("form:has([name=client_id])")] {
        let refused = shopper.submit(sent).await;
        assert!(refused.status == 409 && refused.has("Ajoutez une photo"), "a paper shows nothing: {}", refused.text());
        let form = refused.form("form#photos");
        assert_eq!([form.value("reason"), form.value("words")], [Some("defect"), Some("La couture lâche.")]);
    }

    // A program that asks for its shopper is told the same; one that shows it, or asks for an agent, is not.
    let order = server.api().get("/api/v1/orders?number=10482").await.json()["data"][0].clone();
    let wanted = blue.split(['?', '&']).find_map(|part| part.strip_prefix("variant=")).unwrap().to_owned();
    let wish = |client: &str, files: Value| {
        json!({"line_id": order["lines"][0]["id"], "variant_id": wanted, "quantity": 1, "reason": "defect",
            "client_id": client, "files": files})
    };
    let (api, cases) = (server.api(), format!("/api/v1/threads/{thread}/cases"));
    let refused = api.json("POST", &cases, &wish("without-one", json!([]))).await;
    assert!(refused.status == 409 && refused.body.contains("Add a photo of what is wrong"), "{}", refused.body);
    let elsewhere = json!(["fil_01j9zq4m3v7t8w2x5y6b0c1d2e"]);
    let unknown = api.json("POST", &cases, &wish("a-foreign-file", elsewhere)).await;
    assert!(unknown.status == 422 && unknown.body.contains("/files"), "{}", unknown.body);
    let many = api.json("POST", &cases, &wish("seven-of-them", json!(vec!["fil_01j9zq4m3v7t8w2x5y6b0c1d2e"; 7]))).await;
    assert!(many.status == 422 && many.body.contains("/files"), "{}", many.body);
    let listed = api.get("/api/v1/cases?state=submitted&limit=100").await.body;
    assert!(!listed.contains(&thread), "nothing was asked for so far: {listed}");
    let file = id(&api.upload(&format!("/api/v1/threads/{thread}/files"), photo(60, 30)).await);
    let wished = wish("with-a-photo", json!([file]));
    for status in [201, 200] {
        let made = api.json("POST", &cases, &wished).await;
        assert_eq!(made.status, status, "{}", made.body);
    }
    let seen = desk.get(&format!("/desk/threads/{thread}")).await;
    assert!(!seen.select(".decision .shot").is_empty(), "{}", seen.text());
}

/// Sends the photos' form with a file; the page of the other variants and where its blue one leads.
async fn seen_with(shopper: &Visitor, form: &Form, file: Sent) -> (Page, String) {
    let variants = shopper.submit(form.clone().attach("file", file)).await;
    assert_eq!(variants.status, 200, "{}", variants.text());
    let blue = variants.links().into_iter().find(|(words, _)| words.contains("Bleu orage")).unwrap().1;
    (variants, blue)
}

#[tokio::test]
async fn programs_and_letters_are_told_of_files() {
    let mut server = Server::demo().await;
    let (_, _, thread) = first(&server).await;
    let (desk, at_desk) = (server.desk().await, format!("/desk/threads/{thread}"));
    let file = id(&desk.upload(&format!("{at_desk}/files"), pdf(20)).await);
    say(&desk, &at_desk, "client-of-letter", "Voici votre facture.", &[&file]).await;
    let told = server.api().get(&format!("/api/v1/threads/{thread}/messages?limit=100")).await.json();
    let said = told["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(said["blocks"][0], json!({ "type": "text", "text": "Voici votre facture." }));
    let block = &said["blocks"][1];
    assert_eq!((&block["type"], &block["kind"], &block["file"]), (&json!("media"), &json!("pdf"), &json!(file)));
    assert_eq!(said["alt"], "Voici votre facture.\nFichier\u{a0}: Facture n\u{ba} 7.pdf");
    let (status, _, bytes) = server.stranger().bytes(&text(&block["url"]), None).await;
    assert_eq!((status, bytes.starts_with(b"%PDF-")), (200, true), "the address is enough by itself");
    server.move_clock(180).await;
    let mail = server.mail_to("camille.roussel@example.com", "Facture n").await;
    assert!(!mail.text.contains("/files/"), "a letter names a file, it does not carry its address");
}

#[tokio::test]
async fn nobody_else_attaches_or_reads_a_file() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let stranger = server.stranger();
    let other = thread_of(&stranger, &server, 1).await;
    let file = id(&shopper.upload(&format!("{path}/files"), photo(20, 10)).await);
    let stolen = say(&stranger, &other, "client-of-thief", "Mine", &[&file]).await;
    assert_eq!(stolen.status, 422, "{}", stolen.text());
    let never = say(&stranger, &other, "client-of-thief", "Mine", &["fil_01k3m8w4x7f5r9t2v6y0z1b3c5"]).await;
    let words = |page: &super::super::support::page::Page| page.one("#message-error");
    assert_eq!(words(&stolen), words(&never), "it cannot be told from one that never was");
    let (desk, at_desk) = (server.desk().await, format!("/desk/threads/{thread}"));
    assert_eq!(
        say(&desk, &at_desk, "client-of-agent", "Ours", &[&file]).await.status,
        422,
        "nor does an agent send it"
    );
    for path in [format!("{other}/files/{file}/full"), format!("{other}/files/{file}/480")] {
        assert_eq!(stranger.bytes(&path, None).await.0, 404, "{path}");
    }
    assert_eq!(server.stranger().bytes(&format!("{path}/files/{file}/full"), None).await.0, 404, "nor without a visit");
    assert_eq!(server.stranger().upload(&format!("{path}/files"), photo(20, 10)).await.status, 404);
    assert_eq!(server.stranger().upload(&format!("{at_desk}/files"), photo(20, 10)).await.status, 401);
    let page = say(&shopper, &path, "client-of-owner", "", &[&file]).await;
    assert_eq!(page.select(".photo").len(), 1);
    assert_eq!(say(&shopper, &path, "client-of-again", "", &[&file]).await.status, 422, "once only");
}

#[tokio::test]
async fn an_address_is_good_for_minutes_and_cannot_be_made_up() {
    let mut server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let file = id(&shopper.upload(&format!("{path}/files"), photo(20, 10)).await);
    say(&shopper, &path, "client-of-address", "", &[&file]).await;
    let page = shopper.get(&path).await;
    let src = page.attribute(".photo img", "src").unwrap();
    let stranger = server.stranger();
    assert_eq!(stranger.bytes(&src, None).await.0, 200, "the address is all it takes");
    let forged = [
        src.replace("/480?", "/full?"),
        src.replace("for=shopper", "for=desk"),
        src.replace("until=", "until=9"),
        src.replace("mac=", "mac=A"),
        src.split('?').next().unwrap().to_owned(),
        src.split("&mac").next().unwrap().to_owned(),
    ];
    for address in forged {
        let (status, headers, bytes) = stranger.bytes(&address, None).await;
        assert_eq!((status, bytes.len()), (404, 0), "{address}");
        is_sandboxed(&headers);
    }
    server.move_clock(400).await;
    let (status, headers, _) = stranger.bytes(&src, None).await;
    assert_eq!(status, 403, "it is over");
    is_sandboxed(&headers);
    let again = page.attribute(".photo img", "data-again").unwrap();
    assert_eq!(shopper.bytes(&again, None).await.0, 200, "the page asks for a fresh one");
}

//! Files by the API: sent into a thread, then said with a message; the same limits and refusals as by a page.

use serde_json::json;

use super::{
    super::support::{Server, form::Sent},
    first, gif, id, on_disk, photo,
};

#[tokio::test]
async fn a_program_sends_a_file_and_says_it() {
    let server = Server::demo().await;
    let (shopper, path, thread) = first(&server).await;
    let (api, files) = (server.api(), format!("/api/v1/threads/{thread}/files"));
    let sent = api.upload(&files, photo(320, 200)).await;
    let file = id(&sent);
    assert_eq!(sent.json()["kind"], "photo", "{}", sent.body);
    let said = json!({"files": [file], "client_id": "label-of-today"});
    let messages = format!("/api/v1/threads/{thread}/messages");
    let made = api.json("POST", &messages, &said).await;
    assert_eq!((made.status, made.json()["blocks"][0]["type"].as_str()), (201, Some("media")), "{}", made.body);
    assert_eq!(api.json("POST", &messages, &said).await.status, 200, "the same id says it once");
    assert!(!shopper.get(&path).await.select("#log img[src^='/files/']").is_empty(), "its shopper sees it");
    let twice = api.json("POST", &messages, &json!({"text": "again", "files": [file]})).await;
    assert!((409..=422).contains(&twice.status) || twice.status == 404, "a file is said once: {}", twice.body);
    let nothing = api.json("POST", &messages, &json!({"client_id": "neither-nor"})).await;
    assert!(nothing.status == 422 && nothing.body.contains("/text"), "{}", nothing.body);
    let many = api.json("POST", &messages, &json!({"text": "many", "files": vec![file; 7]})).await;
    assert!(many.status == 422 && many.body.contains("/files"), "{}", many.body);
}

#[tokio::test]
async fn what_a_program_may_not_send_is_refused_and_leaves_nothing() {
    let server = Server::demo().await;
    let (_, _, thread) = first(&server).await;
    let (api, files) = (server.api(), format!("/api/v1/threads/{thread}/files"));
    let svg = Sent::new("logo.jpg", "image/jpeg", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    let refused = api.upload(&files, svg).await;
    assert!(refused.status == 422 && refused.body.contains("/file"), "{}", refused.body);
    assert_eq!(api.json("POST", &files, &json!({"file": "x"})).await.status, 422, "no form with a file");
    let elsewhere = "/api/v1/threads/thr_01j9zq4m3v7t8w2x5y6b0c1d2e/files";
    assert_eq!(api.upload(elsewhere, gif()).await.status, 404);
    assert_eq!(server.stranger().upload(&files, gif()).await.status, 401);
    assert_eq!(server.stranger().with_bearer("cpt_other").upload(&files, gif()).await.status, 401);
    assert!(on_disk(server.data()).is_empty(), "{:?}", on_disk(server.data()));
    let other = json!({"text": "hers", "files": ["fil_01j9zq4m3v7t8w2x5y6b0c1d2e"]});
    let unknown = api.json("POST", &format!("/api/v1/threads/{thread}/messages"), &other).await;
    assert!(unknown.status == 404 || unknown.status == 422, "{}", unknown.body);
}

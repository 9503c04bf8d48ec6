//! The desk through its own door, over the demo's world: what the forms do, and what comes back with something to mend.

use std::sync::Arc;

use actix_web::{
    App as Web,
    cookie::Cookie,
    http::{StatusCode, header},
    test as client,
    web::Data,
};

use super::{Place, own_path, own_picture};
use crate::{
    app::App,
    config::{BaseUrl, Settings},
    demo,
    domain::{
        agents::{self, Agent, SessionToken},
        cases::{self, Case, ExchangeRequest, Reason, deciding},
        catalogue,
        orders::{self, Filter},
        threads::messages::ClientId,
    },
    error::Error,
    ids::ShopId,
    web,
};

const BASE: &str = "http://127.0.0.1:8080";

struct World {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

impl World {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            data: folder.path().to_owned(),
            database_url: None,
            connections: 2,
            public_url: None,
            listen: [127, 0, 0, 1].into(),
            port: 8080,
            smtp_url: None,
            mail_from: None,
            secret_key: None,
            trusted_proxies: None,
            rate_limits: "off".into(),
            clock_offset: 0,
            backup_key_file: None,
            upgrade_backup: "on".into(),
            log: "info".into(),
        };
        let app = App::start(&settings, BaseUrl::parse(BASE).unwrap(), true).await.unwrap();
        demo::prepare(&app, folder.path()).await.unwrap();
        Self { app, _folder: folder }
    }

    /// Signs somebody in without the door.
    async fn signed_in(&self, email: &'static str) -> (Agent, Cookie<'static>) {
        let session = self
            .app
            .write(move |tx| {
                let (agent, _) = agents::signing_in(tx, email)?.ok_or(Error::NotFound)?;
                let session = SessionToken::fresh(agent.merchant_id);
                agents::open_session(tx, &agent, &session.secret, &agents::Whence::default())?;
                Ok((agent, session))
            })
            .await
            .unwrap();
        (session.0, web::request::Jar::Desk.holding(&self.app, &session.1.to_cookie()))
    }

    /// An approved exchange that the shopper owes a difference for.
    async fn owed(&self, agent: &Agent) -> Case {
        let agent = agent.clone();
        let asked = move |tx: &mut crate::store::Tx<'_>| {
            for detail in orders::list(tx, agent.merchant_id, &Filter::default(), 50)? {
                let Some(thread) = detail.thread_id else { continue };
                for line in &detail.lines {
                    let Some(product) = &line.product else { continue };
                    for offer in catalogue::offers(tx, agent.merchant_id, product.id)? {
                        let wish = ExchangeRequest {
                            line: line.line.id,
                            to: offer.variant.id,
                            quantity: 1,
                            reason: Reason::Colour,
                            words: String::new(),
                            client_id: ClientId::fresh(),
                        };
                        let case = tx.nested(|tx| {
                            let (case, _) =
                                cases::request_by_app(tx, agent.merchant_id, thread, None, &wish, Vec::new())?;
                            if case.difference > 0 { Ok(case) } else { Err(Error::NotFound) }
                        })?;
                        let Ok(case) = case else { continue };
                        return deciding::approve(tx, &deciding::Decider::Agent(agent.clone()), case.id);
                    }
                }
            }
            Err(Error::NotFound)
        };
        self.app.write(asked).await.unwrap()
    }
}

#[actix_web::test]
async fn a_difference_is_settled_by_hand_with_what_proves_it() {
    let world = World::open().await;
    let (ines, cookie) = world.signed_in("ines@calanque.example").await;
    let case = world.owed(&ines).await;
    let room =
        client::init_service(Web::new().app_data(Data::from(Arc::clone(&world.app))).configure(super::routes)).await;
    let post = |body: &'static str| {
        let there = format!("/desk/cases/{}/settlement?view=all", case.id);
        let form = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        client::TestRequest::post()
            .uri(&there)
            .cookie(cookie.clone())
            .insert_header(form)
            .set_payload(body)
            .to_request()
    };

    let empty = client::call_service(&room, post("method=bank_transfer&reference=+")).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = String::from_utf8(client::read_body(empty).await.to_vec()).unwrap();
    assert!(page.contains(&format!("id=\"{}-settlement\" open", case.id)), "the form stays open");

    let settled = client::call_service(&room, post("method=bank_transfer&reference=VIR+77")).await;
    assert_eq!(settled.status(), StatusCode::SEE_OTHER);
    let there = settled.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned();
    assert_eq!(there, format!("/desk/threads/{}?view=all", case.thread_id));
    let seen = client::TestRequest::get().uri(&there).cookie(cookie.clone()).to_request();
    let page = String::from_utf8(client::call_and_read_body(&room, seen).await.to_vec()).unwrap();
    assert!(page.contains("Settled by hand: Bank transfer, VIR 77"));

    let again = client::call_service(&room, post("method=cash&reference=x")).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[actix_web::test]
async fn what_is_for_keepers_is_not_for_agents_and_nothing_is_for_strangers() {
    let world = World::open().await;
    let (_, keeper) = world.signed_in("ines@calanque.example").await;
    let (_, agent) = world.signed_in("theo@calanque.example").await;
    let room =
        client::init_service(Web::new().app_data(Data::from(Arc::clone(&world.app))).configure(super::routes)).await;
    let get =
        |path: &str, cookie: &Cookie<'static>| client::TestRequest::get().uri(path).cookie(cookie.clone()).to_request();

    assert_eq!(client::call_service(&room, get("/desk/connectors", &keeper)).await.status(), StatusCode::OK);
    let refused = client::call_service(&room, get("/desk/connectors", &agent)).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let page = String::from_utf8(client::read_body(refused).await.to_vec()).unwrap();
    assert!(page.contains("Pas pour votre rôle"), "in the agent's language");

    let stranger = client::TestRequest::get().uri("/desk/threads/thr_1?view=all").to_request();
    let shown_the_door = client::call_service(&room, stranger).await;
    assert_eq!(shown_the_door.status(), StatusCode::SEE_OTHER);
    let there = shown_the_door.headers().get(header::LOCATION).unwrap();
    assert_eq!(there, "/desk/sign-in?next=/desk/threads/thr_1%3Fview%3Dall");
    let script = client::TestRequest::get().uri("/desk").insert_header((header::ACCEPT, "application/json"));
    assert_eq!(client::call_service(&room, script.to_request()).await.status(), StatusCode::UNAUTHORIZED);
    let nobodys = get("/desk/threads/thr_00000000000000000000000000", &keeper);
    assert_eq!(client::call_service(&room, nobodys).await.status(), StatusCode::NOT_FOUND);
}

#[test]
fn after_signing_in_nobody_is_sent_elsewhere() {
    for ours in ["/desk", "/desk/threads/thr_1?view=mine", "/desk?view=all"] {
        assert_eq!(own_path(ours), ours);
    }
    for other in
        ["//evil.example", "https://evil.example", "/desk.evil", "/desk\\evil", "/t", "", "/desk/sign-out", "/desk\n/x"]
    {
        assert_eq!(own_path(other), "/desk", "{other}");
    }
}

#[test]
fn only_an_id_is_carried_along_as_the_shop() {
    let place = |shop: &str| Place { shop: Some(shop.into()), ..Place::default() }.here().query();
    assert_eq!(place("\"><script>"), "?view=needs-reply");
    let id = ShopId::from_bytes([1; 16]).to_string();
    assert_eq!(place(&id), format!("?view=needs-reply&shop={id}"));
}

#[test]
fn pictures_come_from_here_alone() {
    assert_eq!(own_picture(Some("https://cdn.example/a.jpg")), None);
    assert_eq!(own_picture(Some("/static/demo/tee-ink.svg")).as_deref(), Some("/static/demo/tee-ink.svg"));
}

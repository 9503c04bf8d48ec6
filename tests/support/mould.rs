//! The demo's small world, seeded once a run: the servers of the stories start on casts of it. Seeding costs about a second of
//! a core, and there are hundreds of stories.

use std::path::{Path, PathBuf};

use tokio::sync::OnceCell;

use super::engine::Database;
use super::server::Server;

/// What `demo.json` says in the mould: nobody listens there, so a cast is not taken for ready before its server said where it is.
const NOWHERE: &str = "http://127.0.0.1:1";

static MOULD: OnceCell<Mould> = OnceCell::const_new();

/// Kept between runs, and made anew by each: there is one a build directory.
struct Mould {
    folder: PathBuf,
    database: Database,
}

/// Fills the empty `data` with the demo's; gives its database, on SQLite a file in `folder`.
pub(crate) async fn cast(folder: &Path, data: &Path) -> Database {
    let mould = MOULD.get_or_init(make).await;
    copy(&mould.folder.join("data"), data);
    mould.database.copy(folder)
}

async fn make() -> Mould {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mould");
    // What an earlier run left; there may be nothing.
    let _ = std::fs::remove_dir_all(&folder);
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("the build directory takes a folder");
    let mut server = Server::demo().seeding().await;
    server.stop();
    world(&server, &data);
    let database = server.database().kept(&folder);
    Mould { folder, database }
}

/// Copies the demo's world into an empty directory, for a server at another address.
pub(super) fn world(server: &Server, data: &Path) {
    copy(server.data(), data);
    tell(server, data);
}

/// What the demo told, for a server at another address.
pub(super) fn tell(server: &Server, data: &Path) {
    let told = std::fs::read_to_string(server.data().join("demo.json")).expect("the demo wrote demo.json");
    std::fs::write(data.join("demo.json"), told.replace(server.base_url(), NOWHERE)).expect("demo.json can be written");
}

pub(super) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the mould is there") {
        let entry = entry.expect("the mould can be read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            std::fs::create_dir_all(&to).expect("a folder can be made");
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a file can be copied");
        }
    }
}

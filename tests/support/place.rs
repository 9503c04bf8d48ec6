//! A place beside a server that data is copied to: a data directory that has the server's key and nothing else, and a database.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::engine::{Database, Engine, engine};
use super::mould;
use super::server::Server;

#[derive(Debug)]
pub(crate) struct Place {
    pub(super) database: Database,
    pub(super) data: PathBuf,
    pub(super) folder: TempDir,
}

impl Place {
    /// Empty, on this run's engine, without a key.
    pub(crate) fn fresh() -> Self {
        Self::on(engine())
    }

    pub(crate) fn on(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a data directory can be made");
        Self { database: Database::fresh_on(engine, folder.path()), data, folder }
    }

    /// Empty, with the key of a server and what its demo told.
    pub(crate) fn beside(server: &Server) -> Self {
        Self::beside_on(server, engine())
    }

    pub(crate) fn beside_on(server: &Server, engine: Engine) -> Self {
        let place = Self::on(engine);
        let key = |of: &Path| of.join("secret.key");
        std::fs::copy(key(server.data()), key(&place.data)).expect("the key can be copied");
        mould::tell(server, &place.data);
        place
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(crate) fn url(&self) -> &str {
        self.database.url()
    }

    /// A file in a folder of its own, beside the data directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the program says on this place, and whether it ended well.
    pub(crate) fn says(&self, words: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        said(&program(words, &self.data, self.url(), settings).output().expect("the program starts"))
    }

    /// A copy of the data directory and of the database as it is on the disk now.
    pub(crate) fn copied(&self) -> Self {
        let copy = self.without_data();
        mould::copy(&self.data, &copy.data);
        let database = self.database.copy(copy.folder.path());
        Self { database, ..copy }
    }

    /// An empty one with the same key.
    pub(crate) fn without_data(&self) -> Self {
        let place = Self::fresh();
        let key = |of: &Path| of.join("secret.key");
        std::fs::copy(key(&self.data), key(&place.data)).expect("the key can be copied");
        place
    }

    /// Serves the demo's world that was copied here.
    pub(crate) async fn serve(self) -> Server {
        Server::over(self, true).await
    }

    /// Serves what is here, which is no demo.
    pub(crate) async fn serve_as_it_is(self) -> Server {
        Server::over(self, false).await
    }
}

impl Server {
    /// What another command says on this server's data, and whether it ended well.
    pub(crate) fn says(&self, words: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        said(&program(words, self.data(), self.database_url(), settings).output().expect("the program starts"))
    }
}

/// A command of the program, with nothing of the developer's own settings.
pub(crate) fn program(words: &[&str], data: &Path, url: &str, settings: &[(&str, &str)]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_comptoir"));
    program.env_clear().args(words).arg("--data").arg(data).env("DATABASE_URL", url);
    program.envs(settings.iter().copied());
    program
}

pub(crate) fn said(output: &Output) -> (bool, String) {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

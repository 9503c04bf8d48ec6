//! The binary: everything is in the library.

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    comptoir::cli::run().await
}

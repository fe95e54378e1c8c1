# The packages, installed as uv.lock says.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir "uv>=0.13"
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev

# What runs: no uv, no build tools, no root.
FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /app --shell /usr/sbin/nologin rhythm \
    && install --directory --owner rhythm /app /app/var
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY alembic.ini manifest.json ./
COPY migrations migrations
COPY bot bot
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json
USER rhythm
VOLUME /app/var
EXPOSE 3000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:$PORT/healthz', timeout=4)"

# Applies pending migrations first, under a lock: any number of containers may start together.
CMD ["python", "-m", "bot", "serve"]

# One image for every process: `lgsp serve` (default), `lgsp worker`, `lgsp migrate`, `mock-ngsp serve`.
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml README.md ./
COPY .ci/constraints.txt .ci/constraints.txt
COPY app app
COPY mock_ngsp mock_ngsp
COPY migrations migrations
COPY openapi openapi
RUN python -m venv /opt/lgsp \
 && /opt/lgsp/bin/pip install --no-cache-dir -q -c .ci/constraints.txt .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/lgsp --create-home lgsp
COPY --from=build /opt/lgsp /opt/lgsp
ENV PATH=/opt/lgsp/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LGSP_DATABASE_URL=sqlite:////var/lib/lgsp/lgsp.db
WORKDIR /var/lib/lgsp
USER lgsp
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/livez', timeout=2)"]
CMD ["lgsp", "serve", "--host", "0.0.0.0", "--port", "8080"]

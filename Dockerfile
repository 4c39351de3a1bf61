# One image for web, worker, beat and migrate; docker-compose.yml says who does what.

FROM node:22.23.2-bookworm-slim AS look
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static/src static/src
COPY static/js static/js
COPY templates templates
COPY config/templating config/templating
RUN npm run build

# The Python that requirements/ was locked with; Pango for the PDFs; pg_dump (17, as the server) and age for the backups.
FROM python:3.11.15-slim-trixie AS python
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        postgresql-client age \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app

FROM python AS packages
COPY requirements/app.txt requirements/
RUN python -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements/app.txt

FROM packages AS app
# Of the developer's packages only Babel, to compile the messages, and outside the environment that we ship.
COPY requirements/dev.txt requirements/
RUN awk '/^[a-z]/ { wanted = /^babel==/ } wanted' requirements/dev.txt > /tmp/babel.txt \
    && pip install --no-cache-dir --require-hashes --target /babel -r /tmp/babel.txt
COPY . .
COPY --from=look /app/static/dist static/dist
RUN export HUISPLAN_PLACE=none \
    && PYTHONPATH=/babel python manage.py messages --compile \
    && python manage.py collectstatic --no-input --verbosity 0

FROM python
COPY --from=packages /venv /venv
COPY --from=app /app /app
RUN useradd --system --uid 10001 --home-dir /tmp --no-create-home huisplan
# The files belong to root, so the app cannot change itself. What it writes goes to /tmp.
USER huisplan
ENV HOME=/tmp
EXPOSE 8000
# No access log: addresses hold secret codes.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]

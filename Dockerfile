# One image of the command and the server; data in /data. See docs/deploy.md.
FROM python:3.13-slim
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY timeline timeline
COPY api api
COPY seeds seeds
# the lock names the versions; libraries of the tests alone stay out of the image
RUN pip install --no-cache-dir uv \
 && uv venv /opt/timeline \
 && uv pip install --python /opt/timeline --constraint requirements.lock ".[scale]" \
 && useradd --system --create-home --home-dir /data timeline
USER timeline
WORKDIR /data
VOLUME /data
ENV PATH=/opt/timeline/bin:$PATH TIMELINE_DATABASE=sqlite:////data/timeline.sqlite TIMELINE_HOST=0.0.0.0
EXPOSE 8765
ENTRYPOINT ["timeline"]
CMD ["serve"]

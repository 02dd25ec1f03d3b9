# docker build -t yuanwen . && docker run -p 7860:7860 -v yuanwen:/state yuanwen
# tests/test_image.py runs these steps without an engine.
FROM python:3.11-slim

# The CPU build of torch; PyPI's own brings several GB of CUDA libraries.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
ARG PIP_NO_CACHE_DIR=1

# A proxy beside the container is believed who the visitor is; what comes from elsewhere is not.
ENV YUANWEN_TRUSTED_PROXIES=127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7 \
    PYTHONUNBUFFERED=1 \
    YUANWEN_HOST=0.0.0.0 \
    YUANWEN_PORT=7860 \
    YUANWEN_STATE=/state

RUN useradd --uid 1000 --create-home yuanwen && install --directory --owner=yuanwen /state
WORKDIR /app

# Before the code: they change more rarely.
COPY deploy/requirements.lock deploy/
RUN pip install --require-hashes --requirement deploy/requirements.lock

COPY . .
USER yuanwen
# Model and index are part of the image: a container starts without a network.
RUN python app.py build

VOLUME /state
EXPOSE 7860
HEALTHCHECK --start-period=90s --interval=30s --timeout=5s CMD python -c "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"YUANWEN_PORT\"]}/readyz', timeout=4)"
CMD ["python", "app.py", "serve"]

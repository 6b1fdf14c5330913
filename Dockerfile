FROM python:3.11-slim-bookworm AS build
RUN python -m venv /opt/valuechain
ENV PATH=/opt/valuechain/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt .
RUN pip install --requirement requirements.txt
COPY . .
RUN pip install --no-deps .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 valuechain && install --directory --owner valuechain /data
COPY --from=build /opt/valuechain /opt/valuechain
# The compiled kernels are kept where the account that runs the program may write.
ENV PATH=/opt/valuechain/bin:$PATH \
    NUMBA_CACHE_DIR=/home/valuechain/.cache/numba \
    PYTHONUNBUFFERED=1 \
    VALUECHAIN_STORE=sqlite:////data/valuechain.sqlite
USER valuechain
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["valuechain"]
# Every interface of the container; who reaches it from outside is for the published port to say.
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

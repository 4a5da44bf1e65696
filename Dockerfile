# docker build -t postrider .                          the JVM image
# docker build -t postrider:native --target native .   the native image; building it takes 7 GB of memory
#
# docker run --read-only --cap-drop all --stop-timeout 45 -p 8080:8080 \
#   -v ./config:/postrider/config:ro -v /var/spool/postrider:/var/spool/postrider postrider
#
# config/application.properties and config/templates/ are read from the working directory; other routes than those built in are mounted to
# /postrider/routes and named by POSTRIDER_ROUTES=file:routes. The watched folder has to be writable for user 10001.
#
# --stop-timeout: on SIGTERM what is under way is finished, for up to 30 seconds (quarkus.shutdown.timeout), then every
# session says QUIT. Docker would kill it after 10. In Kubernetes: terminationGracePeriodSeconds.
#
# Nothing is written but the watched folder. Only records that their producer compressed with zstd or snappy need a /tmp,
# and one that allows programs, for the C code that reads them: --tmpfs /tmp:exec.

# One Debian for all: the one the README's commands are tried on; and a binary wants a C library no older than the one it
# was linked with.
ARG DEBIAN=debian:12-slim


FROM ${DEBIAN} AS source
ENV LANG=C.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends maven openjdk-17-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml ./
COPY config/send-request.schema.json config/
COPY routes routes
COPY src/main src/main


FROM source AS build
# Tests need more than this stage has; .ci/run runs them.
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -Dmaven.test.skip
# All of Java SE, so that no library misses a part of it, and what Kafka's log-ins and TLS want beside it; without the
# compiler and its like it is a fifth of a JDK.
RUN jlink --output /opt/java --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 \
    --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.management,jdk.naming.dns,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs


FROM source AS build-native
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential ca-certificates curl zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
# The Mandrel for Java 21 that goes with this Quarkus. It takes 7 GB of memory and a few minutes.
ARG MANDREL=23.1.12.0-Final
RUN file="mandrel-java21-linux-$(dpkg --print-architecture | sed s/arm64/aarch64/)-${MANDREL}.tar.gz" \
    && url="https://github.com/graalvm/mandrel/releases/download/mandrel-${MANDREL}/${file}" \
    && curl -fsSL --retry 3 -o "/tmp/${file}" "${url}" \
    && echo "$(curl -fsSL --retry 3 "${url}.sha256" | cut -c1-64)  /tmp/${file}" | sha256sum -c - \
    && mkdir /opt/mandrel \
    && tar -xzf "/tmp/${file}" -C /opt/mandrel --strip-components=1 \
    && rm "/tmp/${file}"
ENV GRAALVM_HOME=/opt/mandrel
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -Dnative -Dmaven.test.skip


FROM ${DEBIAN} AS base
LABEL org.opencontainers.image.title="Postrider" \
      org.opencontainers.image.description="Carries mail from Kafka topics and watched folders to an SMTP relay" \
      org.opencontainers.image.licenses="Apache-2.0"
# In the POSIX locale Java cannot name a file with an umlaut, and inbox/ may hold one.
ENV LANG=C.UTF-8
WORKDIR /postrider
# By number, so that runAsNonRoot can be checked; everything in the image belongs to root and is read-only for it.
USER 10001:10001
EXPOSE 8080
# Alive, not ready: a relay that is away is no reason to be restarted. bash speaks enough HTTP for that; curl is not here.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${QUARKUS_HTTP_PORT:-8080} && printf 'GET /q/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]


FROM base AS native
COPY --from=build-native /src/target/postrider-*-runner /opt/postrider/postrider
# The exec form: process 1 is Postrider itself, and SIGTERM reaches it.
ENTRYPOINT ["/opt/postrider/postrider"]


# Last, and so the one that is built when none is named.
FROM base AS jvm
COPY --from=build /opt/java /opt/java
# What changes least comes first: the next image shares the layers of the libraries.
COPY --from=build /src/target/quarkus-app/lib /opt/postrider/lib
COPY --from=build /src/target/quarkus-app/quarkus-run.jar /opt/postrider/
COPY --from=build /src/target/quarkus-app/quarkus /opt/postrider/quarkus
COPY --from=build /src/target/quarkus-app/app /opt/postrider/app
# The exec form: process 1 is Java itself, and SIGTERM reaches it. More options: JAVA_TOOL_OPTIONS.
ENTRYPOINT ["/opt/java/bin/java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/postrider/quarkus-run.jar"]

# The app alone; the stores are separate services (docker-compose.yml).
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /src
RUN apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
COPY . .
RUN ./mvnw -B -ntp -q -DskipTests -pl app -am package

FROM eclipse-temurin:25-jre-noble
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home /var/lib/germline --create-home germline
COPY --from=build /src/app/target/dist/app/lib /opt/germline/lib
COPY --from=build /src/app/target/dist/app/germline-app.jar /opt/germline/
USER germline
EXPOSE 8080
ENTRYPOINT ["java", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=75", "-jar", "/opt/germline/germline-app.jar"]

# The build: SDK plus Node for the browser's part.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src src
COPY docs docs
RUN dotnet publish src/Server --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The backup's programs must be as new as the database of docker-compose.yml, which is newer than the distribution's own.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install --yes --no-install-recommends \
      curl espeak-ng ffmpeg fonts-dejavu-core libvips-tools opencv-data postgresql-client-17 python3-opencv \
      tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-ita tesseract-ocr-por tesseract-ocr-spa \
 && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner=$APP_UID --mode=0700 /data
WORKDIR /app
COPY --from=build /app ./
ENV DATA_DIR=/data PORT=5080 ASPNETCORE_HTTP_PORTS=
USER $APP_UID
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD curl --fail --silent --output /dev/null http://localhost:5080/health
ENTRYPOINT ["dotnet", "Rpd.Server.dll"]

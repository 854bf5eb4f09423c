FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node and the database is elsewhere: neither is wanted from npm.
RUN npm ci --omit=dev --omit=optional --ignore-scripts
COPY . .
# Files sent by email, where no bucket keeps them.
RUN mkdir /data && chown node:node /data
ENV DATA_DIR=/data
USER node
EXPOSE 6011 6012 6014
CMD ["node", "src/main.ts"]

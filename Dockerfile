FROM node:24-bookworm-slim AS build
WORKDIR /service
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV HOST=0.0.0.0 PORT=4000
WORKDIR /service
RUN mkdir .data && chown node:node .data
COPY --from=build /service/package.json ./
COPY --from=build /service/node_modules ./node_modules
COPY --from=build /service/dist ./dist
COPY --from=build /service/demo ./demo
USER node
EXPOSE 4000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]

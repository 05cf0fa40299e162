// Required into Node before the Playground: whatever listens, listens on this machine only.
const { Server } = require("node:net");
const listen = Server.prototype.listen;

Server.prototype.listen = function (first, ...rest) {
  if (typeof first === "object" && first?.port !== undefined) return listen.call(this, { ...first, host: "127.0.0.1" }, ...rest);
  if (!Number.isInteger(Number(first)) || first === null) return listen.call(this, first, ...rest);
  return listen.call(this, { port: Number(first), host: "127.0.0.1" }, rest.find((one) => typeof one === "function"));
};

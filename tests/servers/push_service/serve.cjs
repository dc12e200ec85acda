/* The push service on a port, until it is killed. */
const Model = require("web-push-testing/src/PushApiModel.js");
const Server = require("web-push-testing/src/server.js");

new Server(new (Model.PushApiModel ?? Model)(), Number(process.argv[2])).startServer();

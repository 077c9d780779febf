// An OpenID provider for a journey: `oidc-provider` with its own pages for trials, where any name and password log in.
// Arguments: port, redirect address. Run in a folder with node_modules.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);
const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "transom",
    client_secret: "a-secret-of-the-client",
    redirect_uris: [redirect],
    require_auth_time: true,
  }],
  cookies: { keys: ["a key of this trial"] },
  pkce: { required: () => true },
});
provider.listen(Number(port), "localhost", () => console.log("ready"));
